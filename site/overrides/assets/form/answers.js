/* One control of the form: what was declared beside what is shown, its question, and the fields of its answer. */
"use strict";
const handrailAnswers = (() => {
  const { make, fill, badge, button, field } = handrailPage;

  /* `model`: {form, answer(id), change(id, how), row(id)}; gives {element, update}. */
  function card(id, model) {
    const { form } = model;
    const { words } = form;
    const control = form.controls[id];
    const head = make("summary", {});
    const body = make("div", { class: "hr-answer__body" });
    const element = make("details", { class: "hr-answer", "data-control": id }, head, body);
    let parts = null; // the fields, made when the control is first opened
    element.addEventListener("toggle", () => {
      if (element.open && !parts) build();
    });

    function build() {
      parts = { finding: make("div", { class: "hr-answer__finding" }), tied: make("div", {}), fields: make("div", {}) };
      const page = model.row(id).control.address;
      fill(body,
        make("p", { class: "hr-statement" }, control.statement),
        make("p", { class: "hr-question" }, make("span", { class: "hr-label" }, words("plainly")), " ", control.question),
        make("p", { class: "hr-quiet" }, make("a", { href: page, target: "_blank", rel: "noopener" },
          words("more", { control: id }))),
        parts.tied, parts.fields,
        make("h4", {}, words("asked")),
        control.evidence.length ? "" : make("p", {}, words("none")),
        control.evidence.map((group) => [
          group.length > 1 ? make("p", { class: "hr-quiet" }, words("anyOf")) : "",
          group.map((one) => handrailEvidence.asked(one, form, () => model.answer(id), (how) => model.change(id, how), `controls/${id}`)),
        ]),
        parts.finding);
      fields();
      update();
    }

    function fields() {
      const answer = model.answer(id) || {};
      const { state } = answer;
      const upstreams = control.inherit ? model.upstreams() : [];
      const closed = { "not-applicable": !control.notApplicable, inherited: !upstreams.length };
      const offered = Object.entries(form.states).filter(([name]) => name === state || !closed[name]);
      const options = {
        state: [["", words("unanswered")], ...offered],
        from: [["", words("choose")], ...upstreams.map((one) => [one, one])],
      };
      const shown = {
        from: state === "inherited",
        due: state === "planned" || Boolean(answer.due),
        justification: state === "alternative" || state === "not-applicable" || Boolean(answer.justification),
      };
      fill(parts.fields, form.answer.filter(({ name }) => shown[name] ?? true).map(({ name, ...about }) => field({
        ...about, path: `controls/${id}/${name}`, value: answer[name], options: options[name],
        change: (value) => {
          model.change(id, (given) => {
            given[name] = value;
            if (name === "state" && value !== "inherited") given.from = "";
          });
          if (name !== "state") return;
          fields();
          parts.fields.querySelector("select").focus();
        },
      })));
    }

    function reason(one) {
      const group = control.evidence.find((asked) => asked[0].title === one.requirement) || [];
      const given = ((model.answer(id) || {}).evidence || []).map((entry) => entry.for);
      const title = group.filter((asked) => given.includes(asked.id)).map((asked) => asked.title)[0];
      return title ? make("li", {}, words("pointedAt", { evidence: title })) : make("li", { lang: "en" }, handrailJudge.sentence(one, form));
    }

    function level(row) {
      const laws = row.duties.filter((duty) => duty.inForce && duty.law && duty.level === row.level).map((duty) => duty.name);
      return words(row.byLaw ? "byLaw" : "byCatalogue", { level: row.level.toUpperCase(), laws: laws.join("; ") });
    }

    function update() {
      const row = model.row(id);
      if (!row) return;
      const { state } = row.answer || {};
      fill(head,
        make("span", { class: "hr-id" }, id), make("span", { class: "hr-answer__title" }, row.control.title), badge(row.level),
        make("span", { class: "hr-answer__said" }, state ? words("declared", { state: form.states[state] }) : words("unanswered")),
        make("span", { class: "hr-answer__word" }, form.findings[row.finding]),
        row.answer && row.answer.summary ? make("span", { class: "hr-answer__summary" }, row.answer.summary) : "");
      if (!parts) return;
      fill(parts.finding,
        make("h4", {}, words("finding", { finding: form.findings[row.finding] })),
        make("ul", {}, row.reasons.map(reason)),
        make("p", { class: "hr-quiet" }, level(row), row.selectedBy === "prerequisite" ? ` ${words("prerequisite")}` : "",
          row.undeclared.length ? ` ${words("leftOpen", { facts: row.undeclared.map((name) => form.catalog.facts[name].title).join(", ") })}` : ""));
      fill(parts.tied, row.tied === "current" ? "" : make("p", { class: "hr-status" },
        `${words(row.tied === "changed" ? "changed" : "untied")} `,
        button(words("tie"), () => {
          model.change(id, (given) => (given.statement = control.fingerprint));
          parts.fields.querySelector("select").focus();
        })));
    }

    return { element, update, open() { element.open = true; if (!parts) build(); } };
  }

  return { card };
})();
