/* The part of an answer that points at evidence: for each piece asked for, entries that can be added and removed. */
"use strict";
const handrailEvidence = (() => {
  const { make, fill, button, field } = handrailPage;
  const PATH_HINT = "From the folder of handrail.yaml downwards, such as evidence/plan.md. The file is not opened here.";
  const DIGEST = { name: "sha256", label: "SHA-256 digest" };
  const POINTERS = {
    path: {
      add: "Point at a file",
      fields: [{ name: "path", label: "Path of the file", hint: PATH_HINT, required: true }],
      holder: (entry) => entry,
    },
    sealed: {
      add: "Point at a sealed record",
      fields: [
        { name: "custodian", label: "Who keeps it", required: true, hint: "An office or a role. Never the record itself, nor anything out of it." },
        { name: "since", label: "Kept since", type: "date", required: true },
        { name: "access", label: "How access is asked for" },
        { ...DIGEST, hint: "Over 32 random bytes and the file; handrail evidence add makes it." },
      ],
      holder: (entry) => entry.sealed,
    },
    statement: {
      add: "Say it in words",
      fields: [
        { name: "owner", label: "Who says so", required: true },
        { name: "date", label: "On which day", type: "date", required: true },
        { name: "text", label: "Statement", type: "long", required: true },
      ],
      holder: (entry) => entry.statement,
    },
  };
  /* Fields of an imported entry that are shown only where it has them. */
  const MORE = [
    { ...DIGEST, hint: "Of the file as it was when the digest was taken; a changed file needs a new one." },
    { name: "date", label: "Date", type: "date" },
    { name: "attestation", label: "Path of the attestation" },
  ];

  const kindOf = (entry) => ["sealed", "statement"].find((name) => entry[name]) || "path";

  /* `answer` gives the answer as it stands; `changed` is told after each change; `path` is where the answer stands. */
  function asked(requirement, answer, changed, path) {
    const entries = make("div", {});
    const add = button(POINTERS[requirement.pointer].add, () => {
      const entry = { for: requirement.id, ...(requirement.pointer === "path" ? { path: "" } : { [requirement.pointer]: {} }) };
      changed((given) => (given.evidence = [...(given.evidence || []), entry]));
      draw();
      [...entries.querySelectorAll("fieldset")].at(-1).querySelector("input").focus();
    }, { "aria-label": `${POINTERS[requirement.pointer].add}: ${requirement.title}` });

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
          make("legend", {}, `${requirement.title}${own.length > 1 ? `, ${number + 1} of ${own.length}` : ""}`),
          POINTERS[kind].fields.map(shown(POINTERS[kind].holder(entry), kind === "path" ? "" : `${kind}/`)),
          MORE.filter(({ name }) => entry[name]).map(shown(entry, "")),
          button("Remove", () => {
            changed((given) => (given.evidence = given.evidence.filter((one) => one !== entry)));
            draw();
            add.focus();
          }, { "aria-label": `Remove: ${requirement.title}, ${number + 1}` }));
      }));
    }
    draw();
    return make("div", { class: "hr-asked" },
      make("p", {}, requirement.title, " ", make("span", { class: "hr-quiet" }, `(${requirement.about})`)), entries, add);
  }

  return { asked };
})();
