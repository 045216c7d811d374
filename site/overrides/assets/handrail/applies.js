/* The page "What applies to me": reads the choices, asks scope.js, and writes the answer as text nodes.

The choices stand in the address after #, so that an answer can be kept and sent; nothing is sent by the page. */
"use strict";
(() => {
  const form = document.getElementById("facts");
  const answer = document.getElementById("answer");
  const count = document.getElementById("count");
  const catalog = handrailCatalog;
  const say = handrailWords(catalog);
  const day = form.elements.namedItem("on");
  const today = new Date().toISOString().slice(0, 10);

  /* An element with attributes and children; a text becomes a text node and never markup. */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }
  const titles = (names) => names.map((name) => catalog.facts[name].title).join(", ");
  const badge = (level) => make("span", { class: `hr-level hr-level--${level}` }, level.toUpperCase());
  const quiet = (...children) => make("span", { class: "hr-quiet" }, ...children);
  function written(iso) {
    const [year, month, date] = iso.split("-").map(Number);
    return say("day", { day: date, month: catalog.months[month - 1], year });
  }

  function chosen() {
    const facts = {};
    for (const name of Object.keys(catalog.facts)) {
      const values = [...form.elements].filter((one) => one.name === name && one.checked && one.value);
      facts[name] = values.map((one) => one.value);
    }
    return facts;
  }

  function reason(one) {
    if (one.outBy !== null) return say("by", { facts: titles([one.outBy]) });
    const parts = [];
    if (one.because.length) parts.push(say("by", { facts: titles(one.because) }));
    if (one.undeclared.length) parts.push(say("open", { facts: titles(one.undeclared) }));
    return parts.join("; ") || say("everyone");
  }

  function rows(found, withLevel) {
    return make("ol", { class: "hr-rows" }, ...found.map((one) =>
      make("li", {},
        make("a", { href: one.control.address },
          make("span", { class: "hr-id" }, one.control.id),
          make("span", { class: "hr-rows__title" }, one.control.title)),
        make("span", { class: "hr-quiet hr-rows__why" }, reason(one)),
        withLevel ? badge(one.level) : null)));
  }

  function byPrinciple(found) {
    return catalog.principles.flatMap((principle) => {
      const own = found.filter((one) => one.control.principle === principle.id);
      return own.length ? [make("h3", {}, `${principle.phase}: ${principle.title}`), rows(own, true)] : [];
    });
  }

  function standing(duty) {
    if (!duty.counts) return say("shownOnly");
    if (duty.ended) return say("ended", { day: written(duty.until) });
    if (!duty.begun) return say("from", { day: written(duty.from) });
    return duty.from ? say("since", { day: written(duty.from) }) : say("inForce");
  }

  function legal(found) {
    const duties = found.flatMap((one) => one.duties.filter((duty) => duty.law).map((duty) => ({ one, duty })));
    const order = ({ duty }) => `${duty.inForce ? 0 : 1}${duty.from || ""}`;
    duties.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
    if (!duties.length) return [make("p", {}, say("noDuty"))];
    const head = ["control", "level", "clause", "when", "known"].map((name) => say(name));
    const body = duties.map(({ one, duty }) => make("tr", {},
      make("th", { scope: "row" }, make("a", { class: "hr-named", href: one.control.address },
        make("span", { class: "hr-id" }, one.control.id), " ", make("span", {}, one.control.title))),
      make("td", {}, badge(duty.level)),
      make("td", {}, make("a", { href: duty.address }, duty.name)),
      make("td", {}, standing(duty)),
      make("td", {}, duty.known)));
    const table = make("table", { class: "hr-table" },
      make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, ...body));
    return [make("div", { class: "hr-scroll", role: "region", "aria-label": say("law"), tabindex: "0" }, table)];
  }

  function places(facts) {
    const all = Object.keys(catalog.facts.jurisdiction ? catalog.facts.jurisdiction.values : {});
    const label = (one) => catalog.facts.jurisdiction.values[one].label;
    const chosenPlaces = facts.jurisdiction || [];
    const asked = chosenPlaces.length ? chosenPlaces : all;
    const not = handrailScope.unexamined(catalog, asked).map(label);
    const left = chosenPlaces.length ? handrailScope.unchosen(catalog, chosenPlaces).map(label) : [];
    return [
      make("p", {}, not.length
        ? say("notHeld", { places: not.join(", ") })
        : say("held")),
      left.length ? make("p", { class: "hr-quiet" }, say("leftOut", { places: left.join(", ") })) : null,
    ].filter(Boolean);
  }

  function sayFacts(facts) {
    const said = Object.entries(facts).filter(([, values]) => values.length).map(([name, values]) =>
      `${catalog.facts[name].title}: ${values.map((one) => catalog.facts[name].values[one].label).join(", ")}`);
    const open = Object.keys(facts).filter((name) => !facts[name].length);
    return [
      make("p", { class: "hr-quiet" }, said.length ? say("for", { facts: said.join("; ") }) : say("nothing")),
      said.length && open.length ? make("p", { class: "hr-quiet" }, say("leftOpen", { facts: titles(open) })) : null,
    ].filter(Boolean);
  }

  function show() {
    const { version, digest } = catalog.catalog;
    const facts = chosen();
    const on = day.value || today;
    const all = handrailScope.list(catalog, facts, on);
    const found = all.filter((one) => one.outBy === null);
    const out = all.filter((one) => one.outBy !== null);
    const levels = ["must", "should", "may"].map((level) =>
      `${found.filter((one) => one.level === level).length} ${level.toUpperCase()}`);
    const values = { day: written(on), applying: found.length, number: all.length, levels: levels.join(", ") };
    count.textContent = say("count", values);
    answer.replaceChildren(
      ...sayFacts(facts),
      make("h2", {}, say("law")),
      make("p", { class: "hr-quiet" }, say("lawHint")),
      ...legal(found),
      make("h2", {}, say("places")), ...places(facts),
      make("h2", {}, say("catalogue")), ...byPrinciple(found),
      make("h2", {}, say("out")),
      out.length ? rows(out, false) : make("p", {}, say("none")),
      make("p", { class: "hr-quiet" }, say("edition", { version, digest })));
    keep(facts);
  }

  function keep(facts) {
    const parts = Object.entries(facts).filter(([, values]) => values.length)
      .map(([name, values]) => `${encodeURIComponent(name)}=${values.map(encodeURIComponent).join(",")}`);
    if (day.value && day.value !== today) parts.push(`on=${day.value}`);
    history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.pathname + location.search);
  }

  function recall() {
    day.value = today;
    for (const part of location.hash.slice(1).split("&")) {
      const [name, values = ""] = part.split("=").map((one) => decodeURIComponent(one));
      if (name === "on" && /^\d{4}-\d\d-\d\d$/.test(values)) day.value = values;
      for (const one of form.elements) {
        if (one.name === name && one.name !== "on" && one.value && values.split(",").includes(one.value)) one.checked = true;
      }
    }
  }

  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { day.value = today; show(); }));
  recall();
  show();
  document.getElementById("answered").hidden = false;
})();
