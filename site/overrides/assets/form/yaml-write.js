/* Writes maps, lists, text, true and false as YAML that every reader reads back as the same: text that could be taken for
a number, a truth or nothing stands in quotes. */
"use strict";
const handrailYamlWriter = (() => {
  const PLAIN = /^[A-Za-z]([A-Za-z0-9 ._/()-]*[A-Za-z0-9._/()-])?$/;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const OTHERWISE = /^(y|n|yes|no|on|off|true|false|null)$/i;
  const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;
  const ESCAPED = new RegExp(`["\\\\\n]|${HIDDEN.source}`, "gu");
  const ONE_LINE = 100;

  function scalar(value) {
    if (typeof value === "boolean") return String(value);
    if (DAY.test(value) || (PLAIN.test(value) && !OTHERWISE.test(value))) return value;
    const shown = value.replace(ESCAPED, (sign) => {
      if (sign === '"' || sign === "\\") return `\\${sign}`;
      if (sign === "\n") return "\\n";
      return sign === "\t" ? "\\t" : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
    });
    return `"${shown}"`;
  }

  const isText = (value) => typeof value !== "object";
  const block = (value) => isText(value) && /^\S[^]*\n[^]*\S$/.test(value) && !HIDDEN.test(value);

  /* On one line, as within brackets. */
  function short(value) {
    if (isText(value)) return scalar(value);
    if (Array.isArray(value)) return `[${value.map(short).join(", ")}]`;
    return `{${Object.entries(value).map(([name, one]) => `${scalar(name)}: ${short(one)}`).join(", ")}}`;
  }
  const fits = (value) => short(value).length <= ONE_LINE
    && Object.values(value).every((one) => !block(one) && (isText(one) || Array.isArray(one)));

  /* What follows `key:` or a dash. */
  function after(value, indent, inList) {
    if (block(value)) {
      const margin = " ".repeat(indent + 2);
      return ` |-\n${value.split("\n").map((line) => (line ? margin + line : "")).join("\n")}\n`;
    }
    const row = isText(value) || !Object.keys(value).length || (Array.isArray(value) ? value.every(isText) : inList);
    if (row && (isText(value) || fits(value))) return ` ${short(value)}\n`;
    return inList ? ` ${write(value, indent + 2).trimStart()}` : `\n${write(value, indent + 2)}`;
  }

  /* A map or a list, a line for each of its parts. */
  function write(value, indent = 0) {
    const margin = " ".repeat(indent);
    return Array.isArray(value)
      ? value.map((one) => `${margin}-${after(one, indent, true)}`).join("")
      : Object.entries(value).map(([name, one]) => `${margin}${scalar(name)}:${after(one, indent, false)}`).join("");
  }

  return { write };
})();
