/* The self-assessment form: holds the declaration, and joins the fields of the page to it. Nothing is sent anywhere. */
"use strict";
(() => {
  const { make, fill, button } = handrailPage;
  const form = { catalog: handrailCatalog, ...handrailForm, words: handrailWords(handrailForm) };
  const { catalog, words } = form;
  const $ = (id) => document.getElementById(id);
  const KEPT = "handrail.self-assessment";
  const today = new Date().toISOString().slice(0, 10);
  const [fields, answers, told, result] = [$("form"), $("answers"), $("told"), $("result")];

  let declaration = null;
  let comments = [];
  let rows = new Map();
  let order = "";
  let unsaved = false;
  const cards = new Map();

  const model = {
    form,
    row: (id) => rows.get(id),
    upstreams: () => Object.keys(declaration.upstream || {}),
    answer: (id) => (Object.hasOwn(declaration.controls, id) ? declaration.controls[id] : null),
    change(id, how) {
      const before = model.answer(id);
      const answer = before || {};
      // A new answer is to the text that stands here, whatever the others were written against.
      if (!before && handrailJudge.tie(id, {}, handrailJudge.textsOf(declaration, form), form) !== "current") {
        answer.statement = form.controls[id].fingerprint;
      }
      how(answer);
      const { statement, ...said } = answer;
      if (handrailDeclaration.tidy({ controls: { [id]: said } }) || said.evidence?.length) declaration.controls[id] = answer;
      else delete declaration.controls[id];
      changed();
    },
  };

  function blank() {
    return { catalog: handrailDeclaration.current(form), project: {}, facts: {}, checklists: [], controls: {} };
  }
  const chosen = (name) => [...fields.querySelectorAll(`[name="${name}"]:checked`)].map((one) => one.value).filter(Boolean);

  const said = () => fields.querySelectorAll("[data-path^='project/']");

  /* From the fields of the page to the declaration. */
  function take() {
    for (const one of said()) declaration.project[one.dataset.path.slice(8)] = one.value;
    for (const name of Object.keys(catalog.facts)) declaration.facts[name] = chosen(`fact-${name}`);
    declaration.checklists = chosen("checklists");
  }
  /* From the declaration to the fields of the page. */
  function put() {
    for (const one of said()) one.value = declaration.project[one.dataset.path.slice(8)] || "";
    for (const one of fields.elements) {
      const values = one.name === "checklists" ? declaration.checklists : declaration.facts[one.name.slice(5)] || [];
      if (/^(fact-|checklists)/.test(one.name)) one.checked = one.value ? values.includes(one.value) : !values.length;
    }
  }

  function show() {
    const day = $("on").value || today;
    const judged = handrailJudge.judge(declaration, day, form);
    rows = new Map(judged.map((row) => [row.id, row]));
    const [listed, added] = ["checklist", "prerequisite"].map((by) => judged.filter((row) => row.outBy === null && row.selectedBy === by));
    const out = judged.filter((row) => row.outBy !== null);
    const answered = listed.filter((row) => row.answer && row.answer.state).length;
    $("sum").textContent = words("sum", { number: listed.length, must: listed.filter((row) => row.level === "must").length, answered });
    $("printed").textContent = words("printed", {
      project: declaration.project.name || words("nameless"), day, version: catalog.catalog.version,
      checklists: declaration.checklists.join(", ") || words("whole"),
      facts: Object.entries(declaration.facts).filter((one) => one[1].length).map((one) => one.join(": ")).join("; "),
    });
    place(listed, added, out);
    judged.forEach((row) => cards.get(row.id)?.update());
  }
  /* Lays the controls out anew, but only where another set of them applies, so that nobody loses his place. */
  function place(listed, added, out) {
    const elsewhere = Object.keys(declaration.controls).filter((id) => !rows.has(id));
    const next = JSON.stringify([listed, added, out].map((part) => part.map((row) => row.id)).concat([elsewhere]));
    if (next === order) return;
    order = next;
    const card = (row) => {
      if (!cards.has(row.id)) cards.set(row.id, handrailAnswers.card(row.id, model));
      return cards.get(row.id).element;
    };
    fill(answers,
      listed.map(card),
      added.length ? make("h3", {}, words("required")) : "",
      added.map(card),
      out.length ? make("details", { class: "hr-answer" },
        make("summary", {}, words("out", { number: out.length })),
        make("ul", {}, out.map((row) => make("li", {}, `${row.id} ${row.control.title}: ${words(row.answer ? "outAnswered" : "outBy", { fact: catalog.facts[row.outBy].title })}`)))) : "",
      elsewhere.length ? make("p", { class: "hr-quiet" }, words("elsewhere", { controls: elsewhere.join(", ") })) : "");
  }

  function changed() {
    unsaved = true;
    fill(result);
    keep();
    show();
  }

  function say(lines, problems = []) {
    fill(told, lines.map((line) => make("p", {}, line)),
      problems.length ? make("ul", { lang: "en" }, problems.map((one) => make("li", {}, one))) : "");
  }
  function begin(made, madeComments = []) {
    declaration = { ...blank(), ...made, catalog: made.catalog || {}, project: { ...made.project }, facts: { ...made.facts },
      checklists: made.checklists || [], controls: { ...made.controls } };
    comments = madeComments;
    cards.clear();
    order = "";
    fill(result);
    put();
    show();
    unsaved = false;
  }

  async function open(file) {
    const { problems, ...made } = handrailDeclaration.read(await file.text(), form);
    if (problems.length) {
      return say([words("refused", { file: file.name })], problems.map((one) => `line ${one.line}, column ${one.column}: ${one.text}`));
    }
    begin(made.declaration, made.comments);
    keep();
    return say([words("opened", { file: file.name, number: Object.keys(declaration.controls).length }), ...handrailDeclaration.unseen(declaration, comments, form)]);
  }

  /* Opens the control that a place of the declaration lies in, and goes to the nearest field. */
  function go(path) {
    if (path[0] === "controls") cards.get(path[1])?.open();
    for (let length = path.length; length; length--) {
      const found = document.querySelector(`[data-path="${CSS.escape(path.slice(0, length).join("/"))}"]`);
      if (found) return (found.matches("fieldset") ? found.querySelector("input") : found).focus();
    }
    return null;
  }

  function write() {
    const { text, problems } = handrailDeclaration.write(declaration, [...rows.keys()], form);
    if (problems.length) {
      return fill(result, make("p", { class: "hr-status" }, words("unmade", { number: problems.length })),
        make("ul", { lang: "en" }, problems.map((one) => make("li", {}, button(`${one.path.slice(0, 2).join(" ")}: ${one.text}`, () => go(one.path), { class: "hr-link" })))));
    }
    const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    const shown = make("textarea", { readonly: true, rows: "14", "aria-label": "handrail.yaml", spellcheck: "false" });
    shown.value = text;
    const save = make("a", { href: address, download: "handrail.yaml", class: "hr-door" }, words("save"));
    save.addEventListener("click", () => (unsaved = false));
    fill(result, handrailDeclaration.unseen(declaration, comments, form).map((line) => make("p", { class: "hr-quiet" }, line)),
      make("p", {}, save), shown, make("p", { class: "hr-quiet" }, words("saveWhere")));
    return save.focus();
  }

  /* What the browser keeps, only while the reader asks for it; nothing where it lets a page keep nothing. */
  function stored(use) {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  }
  function keep() {
    if (!$("keep").checked) return;
    if (stored((kept) => [kept.setItem(KEPT, JSON.stringify({ declaration, comments }))])) {
      unsaved = false;
    } else {
      $("keep").checked = false;
      say([words("notKept")]);
    }
  }
  function wipe() {
    if (!confirm(words("wipe"))) return;
    stored((kept) => kept.removeItem(KEPT));
    $("keep").checked = false;
    begin(blank());
    say([words("wiped")]);
  }
  function recall() {
    const kept = stored((all) => JSON.parse(all.getItem(KEPT)));
    const made = kept && handrailDeclaration.tidy(kept.declaration);
    if (!made) return null;
    if (handrailDeclaration.link(made, form).length) {
      return say([words("foreign")]);
    }
    $("keep").checked = true;
    begin(made, Array.isArray(kept.comments) ? kept.comments.map(Number) : []);
    return say([words("recalled")]);
  }

  fields.addEventListener("submit", (event) => event.preventDefault());
  fields.addEventListener("input", (event) => {
    if (event.target === $("on")) return show(); // the day is no part of the declaration
    take();
    return changed();
  });
  $("project-name").addEventListener("change", (event) => {
    const id = $("project-id");
    if (!id.value) id.value = event.target.value.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 64);
    take();
    changed();
  });
  $("file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file && (!unsaved || confirm(words("replace")))) open(file);
    event.target.value = "";
  });
  $("keep").addEventListener("change", (event) => {
    if (event.target.checked) return keep();
    stored((kept) => kept.removeItem(KEPT));
    return say([words("keptNot")]);
  });
  $("make").addEventListener("click", write);
  $("wipe").addEventListener("click", wipe);
  addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

  $("on").value = today;
  begin(blank());
  recall();
  $("self-assessment").hidden = false;
})();
