/* What a handrail.yaml may hold, key by key, in the order in which it is written (model/declaration.py).

`check` cleans a value of plain maps, lists and text, and tells what is wrong with it as {path, text, atKey}. */
"use strict";
const handrailShape = (() => {
  const leaf = (says, holds, made = (value) => value) => ({ says, holds, made });
  const like = (pattern, says, longest = Infinity) => leaf(says, (one) => pattern.test(one) && one.length <= longest);
  const list = (of) => ({ list: of });
  const table = (keys, of) => ({ keys, of });
  const record = (fields, needed = [], whole = () => null) => ({ fields, needed, whole });

  function isDay(value) {
    const day = new Date(`${value}T00:00:00Z`);
    return /^(19[7-9]|2\d\d)\d-\d\d-\d\d$/.test(value) && !isNaN(day) && day.toISOString().startsWith(value);
  }
  /* Only downwards from the folder of the file, along plain names. */
  function isPath(value) {
    const names = value.split("/").filter((name) => name !== ".");
    return value.length <= 1024 && !/^[/\\]|^[A-Za-z]:|[\\\0]/.test(value) && names.length > 0
      && names.every((name) => name && name !== "..");
  }

  const text = leaf("needs some text", (one) => one.trim(), (one) => one.normalize("NFC").trim());
  const id = like(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/, "is not an id such as SRC-03", 32);
  const key = like(/^[a-z0-9]+([-_][a-z0-9]+)*$/, "is not a name of small letters, digits and hyphens", 64);
  const sha256 = like(/^(sha256:)?[0-9a-f]{64}$/, "is not a SHA-256 digest of 64 hex digits");
  const fingerprint = like(/^[0-9a-f]{16}$/, "is not a fingerprint of 16 hex digits");
  const version = like(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){1,2}$/, "is not a version such as 1.0");
  const day = leaf("is not a day such as 2027-01-15", isDay);
  const path = leaf("is not a path from the folder of handrail.yaml downwards, such as evidence/plan.md", isPath);
  const upward = leaf("is not a path", (one) => one && one.length <= 1024);
  const flag = leaf("is neither true nor false", (one) => one === true || /^(true|false)$/.test(one), (one) => String(one) === "true");
  const values = { list: key, lone: true, filled: true };

  const sealed = record({ sha256, custodian: text, since: day, access: text }, ["custodian", "since"]);
  const words = record({ owner: text, date: day, text }, ["owner", "date", "text"]);
  const evidence = record(
    { for: key, path, sealed, statement: words, sha256, date: day, attestation: path }, ["for"],
    (one) => {
      if (["path", "sealed", "statement"].filter((name) => name in one).length !== 1) {
        return "needs exactly one of `path`, `sealed` and `statement`";
      }
      return one.attestation && one.statement ? "has an `attestation`, which goes with `path` or `sealed`" : null;
    });
  const STATES = ["implemented", "partial", "planned", "alternative", "not-implemented", "not-applicable", "inherited"];
  const state = leaf(`is not one of ${STATES.join(", ")}`, (one) => STATES.includes(one));
  const answer = record(
    { state, summary: text, owner: text, reviewed_by: text, statement: fingerprint, due: day, justification: text,
      from: key, evidence: list(evidence) }, ["state"],
    (one) => ((one.state === "inherited") !== ("from" in one) ? "`from` goes with state `inherited`, and only with it" : null));
  const attestor = record(
    { name: text, url: text, public_key: text, since: day, until: day }, ["name", "public_key", "since"]);

  const DECLARATION = record({
    handrail: leaf("must be 1", (one) => one === "1"),
    catalog: record({ version, digest: sha256, packs: table(id, record({ version, digest: sha256 })) }),
    project: record(
      { id: key, name: text, version: text, owner: text, summary: text, homepage: text, fictional: flag }, ["id", "name"]),
    organisation: upward,
    facts: table(key, values),
    artifacts: table(key, record({ sha256, path: upward }, ["sha256"])),
    checklists: list(key),
    controls: table(id, answer),
    upstream: table(key, record({ assessment: upward, sha256, signature: upward }, ["assessment", "sha256"])),
    attestors: table(key, attestor),
    waivers: list(record({ control: id, reason: text, granted: day, expires: day, approved_by: text },
      ["control", "reason", "granted", "expires", "approved_by"])),
    publish: record({ consent_by: text, date: day }, ["consent_by", "date"]),
  }, ["handrail", "project"]);

  function check(value, told, shape = DECLARATION, path = []) {
    const tell = (message, at = path, atKey = false) => told.push({ path: at, text: message, atKey });
    const isMap = typeof value === "object" && !Array.isArray(value);
    if (shape.holds) {
      if (typeof value === "object" || !shape.holds(value)) return tell(shape.says);
      return shape.made(value);
    }
    if (shape.list) {
      const items = shape.lone && typeof value === "string" ? [value] : value;
      if (!Array.isArray(items)) return tell("should be a list");
      if (shape.filled && !items.length) return tell("is an empty list; name a value or leave the key out");
      return items.map((one, at) => (one === null ? tell("is empty", [...path, at]) : check(one, told, shape.list, [...path, at])));
    }
    if (!isMap) return tell("should be a mapping, with `key: value` for each part");
    const known = shape.fields ? Object.keys(shape.fields) : Object.keys(value);
    const made = Object.create(null);
    for (const name of Object.keys(value)) {
      if (shape.fields && !Object.hasOwn(shape.fields, name)) tell(`there is no key \`${name.slice(0, 60)}\` here`, [...path, name], true);
      if (shape.keys && !shape.keys.holds(name)) tell(`\`${name.slice(0, 60)}\` ${shape.keys.says}`, [...path, name], true);
    }
    for (const name of known) {
      const one = value[name] ?? null;
      if (one !== null) made[name] = check(one, told, shape.fields ? shape.fields[name] : shape.of, [...path, name]);
      else if (shape.keys || shape.needed.includes(name)) tell(`\`${name}\` is missing`, [...path, name]);
    }
    const whole = shape.whole ? shape.whole(made) : null;
    if (whole) tell(whole);
    return made;
  }

  return { check, DECLARATION };
})();
