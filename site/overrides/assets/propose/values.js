/* A proposal's values and its YAML from the answers to a form, as `handrail new` makes them; the tests hold it to that.

What is not answered is a blank that says what is wanted, and `handrail lint` names each. */
"use strict";
const handrailPropose = (() => {
  const data = handrailProposeData;
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;
  const form = (name) => data.forms.find((one) => one.name === name);
  const blank = (wanted) => `${data.mark} ${wanted}`;

  /* A text as a file may hold it. */
  function clean(text, shape) {
    const plain = text.replace(/\r\n?/g, "\n").replace(HIDDEN, " ").replace(/\t/g, " ");
    if (shape !== "markdown") return plain.split(/\s+/).filter(Boolean).join(" ");
    return plain.split("\n").map((line) => line.trimEnd()).join("\n").trim();
  }

  function given(field, answers) {
    const answer = answers[field.key];
    if (Array.isArray(answer)) return answer.length ? answer : "";
    if (answer && typeof answer === "object") return Object.keys(answer).length ? answer : "";
    return clean(answer || "", field.shape) || field.default;
  }

  function put(made, path, value) {
    const within = path.slice(0, -1).reduce((below, step) => (below[step] ??= {}), made);
    within[path[path.length - 1]] = value;
  }

  function filled(name, answers) {
    const { fields, named } = form(name);
    const made = {};
    const naming = fields.find((field) => field.key === named);
    const itsName = given(naming, answers) || blank(naming.wanted);
    for (const field of fields) {
      const answer = given(field, answers);
      if (field.shape === "hint" || (field.optional && !answer)) continue;
      let value = answer || blank(field.wanted);
      if (field.shape === "kind") value = [data.kinds[answer]];
      else if (field.shape === "choices" && !answer) value = [value];
      put(made, field.path.map((step) => (step === "*" ? itsName : step)), value);
    }
    if (name === "principle") {
      const id = clean(answers.id || "");
      const first = filled("control", { id: id ? `${id}-01` : blank("the principle's id, and -01") });
      delete first.status;
      made.controls = [first];
    }
    return made;
  }

  /* What of the answers only the catalog knows. */
  function completed(name, answers, today) {
    const principle = data.principles.find((one) => one.id === answers.principle);
    const id = name === "control" ? (principle ? principle.next : "") : clean(answers.id || "");
    return { since: data.since, "reviewed-on": today, ...answers, id };
  }

  function yaml(name, answers, today) {
    const all = completed(name, answers, today);
    const values = filled(name, all);
    if (name === "control") return handrailYamlWriter.write([values], 2);
    if (name !== "steward") return handrailYamlWriter.write(values);
    return handrailYamlWriter.write({ [all.id || blank("a short name, in small letters")]: values }, 2);
  }

  function blanks(value) {
    if (Array.isArray(value)) return value.reduce((sum, one) => sum + blanks(one), 0);
    if (value && typeof value === "object") {
      return Object.entries(value).reduce((sum, [key, one]) => sum + blanks(key) + blanks(one), 0);
    }
    return typeof value === "string" && value.startsWith(`${data.mark} `) ? 1 : 0;
  }
  const left = (name, answers, today) => blanks(filled(name, completed(name, answers, today)));

  /* Where it goes, as a sentence. */
  function place(name, answers) {
    if (name === "control") {
      const principle = data.principles.find((one) => one.id === answers.principle);
      if (!principle) return "Choose the principle first.";
      return `Paste it at the end of the file in principles/${principle.phase}/ that begins with id: ${principle.id}.`;
    }
    if (name === "steward") return "Paste it at the end of principles/stewards.yaml.";
    const folder = { principle: `principles/${answers.phase || "(phase)"}`, checklist: "checklists", reference: "principles/references" }[name];
    const slug = name === "principle"
      ? clean(answers.title || "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "")
      : answers.id;
    return `Save it as ${folder}/${slug || "(name)"}.yaml.`;
  }

  /* What is wrong with the id that was chosen, as a sentence; nothing if all is well or none is chosen yet. */
  function problem(name, id) {
    if (name === "control" || !id) return "";
    const fits = name === "principle" ? /^[A-Z][A-Z0-9]{1,7}$/ : /^[a-z0-9]+(-[a-z0-9]+)*$/;
    if (!fits.test(id)) {
      return name === "principle"
        ? "Two to eight capital letters and digits, such as SRC."
        : "Small letters, digits and hyphens, such as eu-ai-act.";
    }
    return data.taken[name].includes(id) ? `${id} is taken, and no id is used twice.` : "";
  }

  return { data, form, filled, completed, yaml, left, place, problem };
})();
