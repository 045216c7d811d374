/* Scope, level in force and finding of every control of the chosen checklists, with no evidence looked at.

The rules of catalog/resolve.py and assess/evaluate.py where nothing was seen; the tests hold this file to them. Without
evidence nothing in scope lies above undetermined, so no prerequisite can hold anything back. */
"use strict";
const handrailJudge = (() => {
  const RANK = ["may", "should", "must"];
  const bare = (digest) => digest.replace(/^sha256:/, "");

  /* Everything that the ids require, alternatives included. */
  function closure(ids, form) {
    const reached = new Set();
    const waiting = [...ids];
    while (waiting.length) {
      const one = waiting.pop();
      if (reached.has(one)) continue;
      reached.add(one);
      waiting.push(...form.controls[one].requires.flat().filter((other) => Object.hasOwn(form.controls, other)));
    }
    return reached;
  }

  /* Ids in the order of the lists, then what those require, in the order of the catalog. No list: the whole catalog. */
  function selection(form, checklists) {
    const judged = Object.keys(form.controls).filter((one) => form.controls[one].judged);
    const lists = checklists.map((name) => form.checklists[name]);
    const chosen = lists.length ? [...new Set(lists.flatMap((one) => one.controls))] : judged;
    const all = closure(chosen, form);
    const levels = new Map(chosen.map((one) => [
      one, lists.filter((list) => list.controls.includes(one)).map((list) => list.levels[one] || null)]));
    return { chosen, added: judged.filter((one) => all.has(one) && !levels.has(one)), levels };
  }
  function strictest(own, given) {
    const levels = given && given.length ? given.map((one) => one || own) : [own];
    return levels.reduce((a, b) => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b));
  }

  /* Control id -> fingerprint of the text that a declaration's answers were written against. */
  function textsOf(declaration, form) {
    const pin = declaration.catalog || {};
    return (one) => {
      const { pack, fingerprint } = form.controls[one];
      const { digest = "" } = (pack ? (pin.packs || {})[pack] : pin) || {};
      if (bare(digest) === form.parts[pack].digest) return fingerprint;
      const release = form.parts[pack].releases.find((other) => other.digest === bare(digest));
      return (release && release.fingerprints[one]) || null;
    };
  }
  /* "current", "changed" or "unknown": the text that an answer was written against. */
  function tie(one, answer, texts, form) {
    const written = answer.statement || texts(one);
    if (!written) return "unknown";
    const control = form.controls[one];
    return written === control.fingerprint || control.sameMeaning.includes(written) ? "current" : "changed";
  }

  function own(control, answer, tied, outBy, day) {
    const found = (finding, ...reasons) => ({ finding, reasons });
    const open = (code, ...more) => found("undetermined", { code }, ...more);
    if (outBy !== null) return found("not-applicable", { code: "out-of-scope", fact: outBy });
    const { state, due, from, justification } = answer || {};
    if (!state) return open("undeclared");
    if (state === "not-implemented") return found("not-satisfied", { code: state });
    if (state === "planned") return found("not-satisfied", { code: state }, ...(due && due < day ? [{ code: "overdue", date: due }] : []));
    if (tied !== "current") return open(tied === "unknown" ? "unreviewed" : "requirement-changed");
    const justified = justification && justification.trim();
    if (state === "not-applicable") {
      if (control.notApplicable && justified) return found(state, { code: "justified-na" });
      return open(control.notApplicable ? "na-unjustified" : "na-not-allowed");
    }
    if (state === "inherited") {
      return found("undetermined", { code: control.inherit ? "upstream-unverified" : "upstream-not-inheritable", upstream: from });
    }
    const missing = control.evidence.map((group) => ({ code: "evidence-missing", requirement: group[0].title }));
    const evidence = missing.length ? missing : [{ code: "no-evidence-asked" }];
    if (state === "alternative") return justified ? open("alternative-unattested", ...evidence) : open("alternative-unjustified");
    return state === "partial" ? open("partial", ...evidence) : found("undetermined", ...evidence);
  }

  /* Every control that is selected or required, in that order, as {id, selectedBy, level, byLaw, duties, outBy,
  undeclared, tied, finding, reasons}; `own` and the finding are one. */
  function judge(declaration, day, form) {
    const { catalog } = form;
    const { chosen, added, levels } = selection(form, declaration.checklists || []);
    const known = new Map(catalog.controls.map((one) => [one.id, one]));
    const tailored = [...chosen, ...added].map((one) => ({ ...known.get(one), level: strictest(known.get(one).level, levels.get(one)) }));
    const texts = textsOf(declaration, form);
    const answers = declaration.controls || {};
    return handrailScope.list({ facts: catalog.facts, controls: tailored }, declaration.facts || {}, day).map((one) => {
      const id = one.control.id;
      const answer = Object.hasOwn(answers, id) ? answers[id] : null;
      const tied = answer ? tie(id, answer, texts, form) : "current";
      const selectedBy = levels.has(id) ? "checklist" : "prerequisite";
      return { ...one, id, selectedBy, tied, answer, ...own(form.controls[id], answer, tied, one.outBy, day) };
    });
  }

  /* A reason as its sentence. */
  function sentence(reason, form) {
    const title = reason.requirement ? `\u201c${reason.requirement}\u201d` : "";
    const slots = { ...reason, requirement: title };
    return form.reasons[reason.code].replace(/\{(\w+)\}/g, (_, name) => slots[name] || "");
  }

  return { judge, textsOf, tie, sentence };
})();
