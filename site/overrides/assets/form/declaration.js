/* From the text of a handrail.yaml to a declaration, and back.

A declaration is the file as plain maps, lists and text. What the form does not show is kept in it; `unseen` names it. */
"use strict";
const handrailDeclaration = (() => {
  const HIDDEN = ["organisation", "artifacts", "upstream", "attestors", "waivers", "publish"];

  function plain(node) {
    if (node.kind === "text") return node.empty ? null : node.value;
    if (node.kind === "list") return node.value.map(plain);
    const made = Object.create(null);
    for (const [name, place] of node.value) made[name] = plain(place.node);
    return made;
  }
  /* Where a path of keys and places leads, as far as it goes. */
  function locate(root, path, atKey) {
    let [node, place] = [root, root];
    path.forEach((step, at) => {
      if (!node) return;
      const next = node.kind === "map" ? node.value.get(step) : node.kind === "list" ? { node: node.value[step] } : null;
      node = next ? next.node : null;
      if (node) place = atKey && at === path.length - 1 && next.line ? next : node;
    });
    return { line: place.line, column: place.column };
  }
  /* What is wrong as a sentence that begins with the key it is about. */
  function spoken({ path, text, atKey }) {
    const about = path.filter((step) => typeof step === "string").at(-1) || "the file";
    return atKey || /^(`|there)/.test(text) ? text : `\`${about}\` ${text}`;
  }

  const has = (table, name) => Boolean(table) && Object.hasOwn(table, name);
  /* What must hold between a declaration and the catalog (workspace/link.py). */
  function link({ catalog: pin, facts, checklists, controls, upstream, waivers }, form) {
    const { facts: vocabulary } = form.catalog;
    const told = [];
    const tell = (path, text, atKey = false) => told.push({ path, text, atKey });
    const known = (table, name, what, path, atKey) => has(table, name) || void tell(path, `there is no ${what} \`${name}\``, atKey);
    const fits = ({ version }, part, path) => {
      const [asked, given] = [version || part.version, part.version].map((one) => one.split(".").map(Number).concat(0));
      const later = asked[1] - given[1] || asked[2] - given[2];
      if (asked[0] !== given[0] || later > 0) tell([...path, "version"], `is \`${version}\`, and this form has \`${part.version}\``);
    };
    fits(pin || {}, form.parts[""], ["catalog"]);
    for (const [name, one] of Object.entries((pin && pin.packs) || {})) {
      const path = ["catalog", "packs", name];
      if (known(form.parts, name, "pack", path, true)) fits(one, form.parts[name], path);
    }
    for (const [name, values] of Object.entries(facts || {})) {
      if (!known(vocabulary, name, "fact", ["facts", name], true)) continue;
      values.forEach((one, at) => known(vocabulary[name].values, one, `\`${name}\``, ["facts", name, at]));
      if (values.length > 1 && !vocabulary[name].many) tell(["facts", name], "takes one value");
    }
    (checklists || []).forEach((name, at) => known(form.checklists, name, "checklist", ["checklists", at]));
    for (const [id, answer] of Object.entries(controls || {})) {
      const path = ["controls", id];
      if (!known(form.controls, id, "control", path, true)) continue;
      if (answer.from) known(upstream, answer.from, "upstream", [...path, "from"]);
      const asked = Object.fromEntries(form.controls[id].evidence.flat().map((one) => [one.id, one]));
      (answer.evidence || []).forEach((one, at) => known(asked, one.for, "evidence asked for", [...path, "evidence", at, "for"]));
    }
    (waivers || []).forEach((one, at) => {
      const answer = known(form.controls, one.control, "control", ["waivers", at, "control"]) && has(controls, one.control) && controls[one.control];
      if (answer && answer.owner === one.approved_by) tell(["controls", one.control, "owner"], "is who approved the waiver; it needs a second person or office");
    });
    return told;
  }

  /* Text to {declaration, comments, problems}; each problem is {line, column, text}, and with one nothing else counts. */
  function read(text, form) {
    let found;
    try {
      found = handrailYamlReader.read(text);
    } catch (error) {
      if (error instanceof handrailYamlReader.Refused) return { problems: [error] };
      throw error;
    }
    const told = [];
    const declaration = handrailShape.check(plain(found.root), told);
    const all = told.length ? told : link(declaration, form);
    const problems = all.map((one) => ({ ...locate(found.root, one.path, one.atKey), text: spoken(one) }));
    return { declaration, comments: found.comments, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
  }

  /* What the form does not show, and what of a file it does not keep, as sentences. */
  function unseen(declaration, comments, { controls, words }) {
    const lines = [];
    const kept = HIDDEN.filter((name) => declaration[name] && Object.keys(declaration[name]).length);
    if (declaration.project && declaration.project.fictional) kept.push("project.fictional");
    const answers = Object.keys(declaration.controls || {}).filter((one) => !controls[one].judged);
    kept.push(...answers.map((one) => words("unjudged", { part: `controls.${one}` })));
    if (kept.length) lines.push(words("hidden", { parts: kept.join(", ") }));
    if (declaration.organisation) lines.push(words("organisation", { file: declaration.organisation }));
    if (comments.length) lines.push(words("comments", { number: comments.length, line: comments[0] }));
    return lines;
  }

  /* Only what fits the shape, in its order, without empty parts. */
  function tidy(value, shape = handrailShape.DECLARATION) {
    if (shape.holds) return typeof value === "string" && value.trim() ? value : value === true ? true : undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value) !== Boolean(shape.list)) return undefined;
    if (shape.list) {
      const items = value.map((one) => tidy(one, shape.list)).filter((one) => one !== undefined);
      return items.length ? items : undefined;
    }
    const names = Object.keys(shape.fields || value).filter((name) => Object.hasOwn(value, name));
    const parts = names.map((name) => [name, tidy(value[name], shape.fields ? shape.fields[name] : shape.of)]);
    const full = parts.filter(([, one]) => one !== undefined);
    return full.length ? Object.fromEntries(full) : undefined;
  }

  /* The pin of the catalog that the form holds, and of its packs. */
  function current({ parts: { "": base, ...packs } }) {
    const pin = ({ version, digest }) => ({ version: version.split(".").slice(0, 2).join("."), digest: `sha256:${digest}` });
    return { ...pin(base), packs: Object.fromEntries(Object.entries(packs).map(([name, one]) => [name, pin(one)])) };
  }
  /* The pin and the fingerprints as they are written now: each answer stays tied to the text it was written against.
  While the texts of some answers are unknown, the file keeps the pin it came with. */
  function pinned(declaration, form) {
    const texts = handrailJudge.textsOf(declaration, form);
    const written = (one, answer) => answer.statement || texts(one);
    const answers = Object.entries(declaration.controls || {});
    if (answers.some(([one, answer]) => !written(one, answer))) return declaration;
    const made = { ...declaration, catalog: current(form) };
    made.controls = Object.fromEntries(answers.map(([one, answer]) => {
      const text = written(one, answer);
      return [one, { ...answer, statement: text === form.controls[one].fingerprint ? "" : text }];
    }));
    return made;
  }

  /* {text} of a handrail.yaml with its answers in this order of ids first, or {problems: [{path, text}]}. */
  function write(declaration, order, form) {
    const ids = Object.keys(form.controls);
    const places = new Map([...new Set([...order, ...ids])].map((one, at) => [one, at]));
    const made = tidy(pinned(declaration, form)) || {};
    made.controls = Object.fromEntries(Object.entries(made.controls || {}).sort(([a], [b]) => places.get(a) - places.get(b)));
    const told = [];
    const cleaned = handrailShape.check({ ...made, handrail: "1" }, told);
    if (!told.length) told.push(...link(cleaned, form));
    if (told.length) return { problems: told.map((one) => ({ path: one.path, text: spoken(one) })) };
    const { handrail, ...rest } = tidy(cleaned);
    const head = "# yaml-language-server: $schema=.schemas/handrail.schema.json\nhandrail: 1\n";
    return { text: head + handrailYamlWriter.write(rest), problems: [] };
  }

  return { read, write, link, tidy, unseen, current };
})();
