/* Which controls bind a project with these facts on this day, how strictly, and why.

The same rules as catalog/selector.py, catalog/resolve.py and catalog/query.py, to which the tests hold this file. It
touches no page and no network: data in, data out. A classic script, since a page from a disk may load no module. */
"use strict";
const handrailScope = (() => {
  const RANK = ["may", "should", "must"];
  const stricter = (a, b) => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b);

  /* A value with the wider places (or whatever its tree holds) that it lies in. */
  function lineage(value, fact) {
    const chain = new Set();
    while (value && !chain.has(value)) {
      chain.add(value);
      value = fact && fact.values[value] ? fact.values[value].parent : null;
    }
    return chain;
  }

  /* facts: name -> list of values. A fact without a value is not declared. */
  function declared(facts, vocabulary) {
    const found = new Map();
    for (const [name, values] of Object.entries(facts)) {
      if (values.length) found.set(name, values.map((value) => lineage(value, vocabulary[name])));
    }
    return found;
  }

  const meets = (chain, wanted) => wanted.some((one) => chain.has(one));
  const overlap = (said, name, wanted) => (said.has(name) ? said.get(name).some((c) => meets(c, wanted)) : null);
  const within = (said, name, wanted) => (said.has(name) ? said.get(name).every((c) => meets(c, wanted)) : null);
  const holds = (when, said) => Object.entries(when).every(([name, wanted]) => overlap(said, name, wanted) !== false);

  function applicability(control, said) {
    const when = Object.entries(control.when);
    const unless = Object.entries(control.unless);
    for (const [name, wanted] of when) {
      if (overlap(said, name, wanted) === false) return { outBy: name, undeclared: [] };
    }
    if (unless.length && unless.every(([name, wanted]) => within(said, name, wanted))) {
      return { outBy: unless[0][0], undeclared: [] };
    }
    const open = unless.every(([name, wanted]) => within(said, name, wanted) !== false) ? unless : [];
    const named = [...new Set([...when, ...open].map(([name]) => name))];
    return { outBy: null, undeclared: named.filter((name) => !said.has(name)) };
  }

  function judged(control, said, day) {
    const { outBy, undeclared } = applicability(control, said);
    const duties = control.escalates.filter((one) => holds(one.when, said)).map((one) => {
      const begun = !one.from || one.from <= day;
      const ended = Boolean(one.until) && one.until < day;
      return { ...one, begun, ended, inForce: begun && !ended && one.counts };
    });
    let byCatalogue = control.level;
    let byLaw = "may";
    for (const one of duties.filter((duty) => duty.inForce)) {
      if (one.law) byLaw = stricter(byLaw, one.level);
      else byCatalogue = stricter(byCatalogue, one.level);
    }
    const named = [...new Set([...Object.keys(control.when), ...Object.keys(control.unless)])];
    return {
      control,
      duties,
      outBy,
      undeclared,
      because: outBy === null ? named.filter((name) => said.has(name)) : [],
      level: stricter(byCatalogue, byLaw),
      byLaw: RANK.indexOf(byLaw) > RANK.indexOf(byCatalogue),
    };
  }

  /* Every control of the catalog as it stands for these facts on this day (an ISO date), in reading order. */
  function list(catalog, facts, day) {
    const said = declared(facts, catalog.facts);
    return catalog.controls.map((control) => judged(control, said, day));
  }

  /* The chosen places for which, and for whose wider places, the catalog holds no law. */
  function unexamined(catalog, places) {
    const fact = catalog.facts.jurisdiction;
    return places.filter((place) => !meets(lineage(place, fact), catalog.examined));
  }

  /* The places that are neither chosen nor the wider place of a chosen one. */
  function unchosen(catalog, places) {
    const fact = catalog.facts.jurisdiction;
    const within = places.map((place) => lineage(place, fact));
    return Object.keys(fact ? fact.values : {}).filter((place) => !within.some((chain) => chain.has(place)));
  }

  return { list, unexamined, unchosen };
})();
