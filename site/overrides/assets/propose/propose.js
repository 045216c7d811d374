/* The page on which a proposal is written: asks the questions of one form, and shows the YAML as text.

Nothing that is written here leaves the page. */
"use strict";
(() => {
  const { make, field, button } = handrailPage;
  const { data, form, yaml, left, place, problem } = handrailPropose;
  const top = document.getElementById("propose");
  const today = new Date().toISOString().slice(0, 10);
  const state = { name: data.forms[0].name, answers: {} };

  const questions = make("div", { class: "hr-form", id: "propose-questions" });
  const said = make("p", { class: "hr-lead", role: "status" });
  const where = make("p", {});
  const wrong = make("p", { class: "hr-status", role: "alert", hidden: true });
  const text = make("textarea", {
    class: "hr-result", rows: "22", readonly: true, spellcheck: "false", "aria-label": "The YAML to paste",
  });
  const select = button("Select all of it", () => { text.focus(); text.select(); });

  function show() {
    const { name, answers } = state;
    const blanks = left(name, answers, today);
    const mistake = problem(name, answers.id || "");
    text.value = yaml(name, answers, today);
    said.textContent = blanks
      ? `${blanks} ${blanks === 1 ? "blank" : "blanks"} left: each begins with three dots and says what is wanted.`
      : "No blank is left.";
    where.textContent = place(name, answers);
    wrong.textContent = mistake;
    wrong.hidden = !mistake;
  }

  const answer = (key) => (value) => { state.answers[key] = value; show(); };

  /* Boxes to tick; gives the values that are ticked. */
  function boxes(legend, options, change) {
    const chosen = new Set();
    const labels = options.map(([value, label]) => {
      const box = make("input", { type: "checkbox", value });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(value); else chosen.delete(value);
        change(options.map(([one]) => one).filter((one) => chosen.has(one)));
      });
      return make("label", {}, box, ` ${label}`);
    });
    return make("fieldset", {}, make("legend", {}, legend), make("div", { class: "hr-choices" }, labels));
  }

  function selector(one) {
    const chosen = {};
    return make("details", {}, make("summary", {}, one.question), data.facts.map((fact) =>
      boxes(fact.title, fact.values, (values) => {
        if (values.length) chosen[fact.key] = values; else delete chosen[fact.key];
        answer(one.key)(Object.fromEntries(data.facts.map(({ key }) => [key, chosen[key]]).filter(([, found]) => found)));
      })));
  }

  function asked(one) {
    const change = answer(one.key);
    if (one.shape === "selector") return selector(one);
    if (one.shape === "choices") {
      const named = one.options.map(([id, title]) => [id, `${id} ${title}`]);
      return make("details", {}, make("summary", {}, one.question), boxes("What others require comes first", named, change));
    }
    const choice = one.shape === "choice" || one.shape === "kind";
    return field({
      label: one.question,
      path: one.key,
      value: one.default,
      change,
      type: one.shape === "text" || one.shape === "markdown" ? "long" : "text",
      hint: choice || one.optional ? "" : `${one.wanted[0].toUpperCase()}${one.wanted.slice(1)}.`,
      options: choice ? [...(one.default ? [] : [["", "Left open"]]), ...one.options] : null,
    });
  }

  function ask(name) {
    state.name = name;
    state.answers = {};
    const its = form(name);
    const fields = its.fields.filter((one) => one.question);
    const principles = data.principles.map(({ id, title }) => [id, `${id} ${title}`]);
    questions.replaceChildren(...[
      name === "control" ? field({
        label: "Which principle does it belong to?", path: "principle", change: answer("principle"),
        options: [["", "Choose one"], ...principles],
      }) : "",
      ...fields.map(asked),
    ].filter(Boolean));
    show();
  }

  const kinds = field({
    label: "What do you propose?", path: "what", value: state.name, change: ask,
    options: data.forms.map(({ name, title }) => [name, title]),
  });
  top.replaceChildren(
    make("div", { class: "hr-form" }, kinds),
    questions,
    make("section", { "aria-labelledby": "propose-result" },
      make("h2", { id: "propose-result" }, "What to paste"), said, wrong, where, text, make("p", {}, select)));
  ask(state.name);
})();
