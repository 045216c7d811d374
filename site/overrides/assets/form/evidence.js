/* The part of an answer that points at evidence: for each piece asked for, entries that can be added and removed. */
"use strict";
const handrailEvidence = (() => {
  const { make, fill, button, field } = handrailPage;
  const kindOf = (entry) => ["sealed", "statement"].find((name) => entry[name]) || "path";

  /* `answer` gives the answer as it stands; `changed` is told of each change; `path` is where the answer stands. */
  function asked(requirement, form, answer, changed, path) {
    const { words } = form;
    const entries = make("div", {});
    const label = form.pointers[requirement.pointer].add;
    const add = button(label, () => {
      const entry = { for: requirement.id, [requirement.pointer]: requirement.pointer === "path" ? "" : {} };
      changed((given) => (given.evidence = [...(given.evidence || []), entry]));
      draw();
      [...entries.querySelectorAll("fieldset")].at(-1).querySelector("input").focus();
    }, { "aria-label": `${label}: ${requirement.title}` });

    function draw() {
      const all = (answer() || {}).evidence || [];
      const own = all.filter((entry) => entry.for === requirement.id);
      fill(entries, own.map((entry, number) => {
        const kind = kindOf(entry);
        const where = `${path}/evidence/${all.indexOf(entry)}`;
        const shown = (holder, prefix) => ({ name, ...rest }) => field({
          ...rest, path: `${where}/${prefix}${name}`, value: holder[name],
          change: (value) => changed(() => (holder[name] = value)),
        });
        return make("fieldset", { class: "hr-entry", "data-path": where },
          make("legend", {}, own.length > 1 ? words("entry", { evidence: requirement.title, number: number + 1, all: own.length }) : requirement.title),
          form.pointers[kind].fields.map(kind === "path" ? shown(entry, "") : shown(entry[kind], `${kind}/`)),
          form.more.filter(({ name }) => entry[name]).map(shown(entry, "")),
          button(words("remove"), () => {
            changed((given) => (given.evidence = given.evidence.filter((one) => one !== entry)));
            draw();
            add.focus();
          }, { "aria-label": words("removeWhich", { evidence: requirement.title, number: number + 1 }) }));
      }));
    }
    draw();
    return make("div", { class: "hr-asked" },
      make("p", {}, requirement.title, " ", make("span", { class: "hr-quiet" }, `(${requirement.about})`)), entries, add);
  }

  return { asked };
})();
