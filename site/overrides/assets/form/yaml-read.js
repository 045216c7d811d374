/* Reads the YAML that a handrail.yaml may hold: mappings, lists and text, and where each stands.

What it gives is what source/reader.py gives; all else is refused with a line and a column. A node is {kind: "text" |
"list" | "map", line, column, value}; nothing at all is a text with `empty`; a map is a Map to {line, column, node}. */
"use strict";
const handrailYamlReader = (() => {
const LIMITS = { bytes: 1 << 20, text: 1 << 16, depth: 32 };
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffd\ufffe\uffff]|\p{Surrogate}/u;
const ESCAPES = { n: "\n", t: "\t", " ": " ", '"': '"', "/": "/", "\\": "\\", _: "\u00a0" };
const HEX = { x: 2, u: 4, U: 8 };
const ODD_START = /^[,\[\]{}#&*!|>'"%@`?:]/;

const bytes = (text) => new TextEncoder().encode(text).length;

class Refused extends Error {
  constructor(line, column, text) {
    super(text);
    Object.assign(this, { line, column, text });
  }
}

/* The root node, and the numbers of the lines that hold a comment. Throws Refused. */
function read(source) {
  if (bytes(source) > LIMITS.bytes) throw new Refused(1, 1, "the file is larger than 1 MiB");
  const text = source.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const lines = text.split("\n");
  const comments = new Set();
  let row = 0; // the place that is read next: a line, and a character of it
  let at = 0;
  let depth = 0;

  const column = (r, c) => [...lines[r].slice(0, c)].length + 1;
  function refuse(message, r = row, c = at) {
    throw new Refused(r + 1, column(r, c), message);
  }
  const tab = (...place) => refuse("a tab; use spaces", ...place);
  const rest = () => lines[row].slice(at);
  const isDash = () => /^-( |$)/.test(rest());
  function node(kind, value, r, c, more) {
    if (kind === "text" && bytes(value) > LIMITS.text) refuse("a text of more than 64 KiB", r, c);
    return { kind, value, line: r + 1, column: column(r, c), ...more };
  }
  const nothing = (r, c) => node("text", "", r, c, { empty: true });

  lines.forEach((line, r) => {
    const found = CONTROL.exec(line);
    if (found) refuse("a control character, or what is not UTF-8 text", r, found.index);
    if (/^%/.test(line)) refuse("a directive is not part of the format", r, 0);
    if (/^(---|\.\.\.)(\s|$)/.test(line) && (line[0] === "." || lines.slice(0, r).some((l) => /^[^#\s]/.test(l)))) {
      refuse("a second document in the file", r, 0);
    }
  });

  /* On to the next character that means something; false at the end of the file. */
  function skip() {
    for (; row < lines.length; row++, at = 0) {
      at += /^ */.exec(rest())[0].length;
      if (rest()[0] === "\t") tab();
      if (rest()[0] === "#" && (at === 0 || lines[row][at - 1] === " ")) comments.add(row + 1);
      else if (at < lines[row].length) return true;
    }
    return false;
  }
  /* After a value nothing may follow on its line but a comment. */
  function endOfLine() {
    const found = /^( +#| *$)/.exec(rest());
    if (!found) refuse("something stands here that does not belong to the value before it");
    if (found[0].endsWith("#")) comments.add(row + 1);
    [row, at] = [row + 1, 0];
  }
  function deeper(build) {
    if (++depth > LIMITS.depth) refuse("nested deeper than 32 levels");
    const made = build();
    depth--;
    return made;
  }

  function quoted(oneLine) {
    const quote = rest()[0];
    const [r, c] = [row, at++];
    const open = () => refuse("the quotes are never closed", r, c);
    let value = "";
    let kept = 0; // up to here blanks were written on purpose, or folded already
    for (;;) {
      if (at >= lines[row].length) {
        if (oneLine || row + 1 >= lines.length) open();
        while (value.length > kept && /[ \t]$/.test(value)) value = value.slice(0, -1);
        fold(false);
        continue;
      }
      const sign = lines[row][at++];
      if (sign === quote) {
        if (quote === '"' || lines[row][at] !== "'") return node("text", value, r, c);
        value += "'";
        at++;
      } else if (sign === "\\" && quote === '"') escape();
      else value += sign;
    }
    function fold(escaped) {
      let breaks = 0;
      do {
        [row, at] = [row + 1, 0];
        breaks++;
        if (row >= lines.length) open();
      } while (/^[ \t]*$/.test(lines[row]) && row + 1 < lines.length);
      at = /^[ \t]*/.exec(lines[row])[0].length;
      value += breaks === 1 && !escaped ? " " : "\n".repeat(breaks - 1);
      kept = value.length;
    }
    function escape() {
      const letter = lines[row][at];
      if (letter === undefined) return oneLine ? open() : fold(true);
      const digits = HEX[letter] ? lines[row].slice(at + 1, at + 1 + HEX[letter]) : "";
      const code = /^[0-9A-Fa-f]+$/.test(digits) && digits.length === HEX[letter] ? parseInt(digits, 16) : -1;
      const made = code >= 0 && code < 0x110000 ? String.fromCodePoint(code) : ESCAPES[letter];
      if (made === undefined || CONTROL.test(made)) refuse("an escape that is not part of the format", row, at - 1);
      value += made;
      kept = value.length;
      at += 1 + digits.length;
    }
  }

  /* A plain text up to `: `, ` #` or, within brackets, a sign of the brackets; on one line. */
  function plainLine(flow) {
    if (ODD_START.test(rest()) || isDash()) refuse("put quotes around a text that starts like this");
    const line = lines[row];
    let end = at;
    for (; end < line.length; end++) {
      if (line[end] === "\t") tab(row, end);
      if (line[end] === "#" && line[end - 1] === " ") break;
      if (line[end] === ":" && (end + 1 === line.length || line[end + 1] === " ")) break;
      if (flow && /[,\[\]{}]/.test(line[end])) break;
      if (flow && (line[end] === "?" || (line[end] === ":" && /[,\[\]{}]/.test(line[end + 1])))) {
        refuse("put quotes around this text", row, end);
      }
    }
    const value = line.slice(at, end).trimEnd();
    at += value.length;
    return value;
  }
  /* A plain text with the lines that carry it on, which stand deeper than `indent`. */
  function plain(indent) {
    const [r, c] = [row, at];
    let value = plainLine(false);
    for (;;) {
      if (/^ *:( |$)/.test(rest())) refuse("put quotes around a text that holds `: `");
      const commented = / #/.test(rest());
      endOfLine();
      let breaks = 1;
      let next = row;
      while (next < lines.length && /^ *$/.test(lines[next])) [next, breaks] = [next + 1, breaks + 1];
      const margin = next < lines.length ? /^ */.exec(lines[next])[0].length : -1;
      if (margin <= indent || lines[next][margin] === "#") return node("text", value, r, c);
      if (commented) refuse("a text cannot go on after a comment", next, margin);
      [row, at] = [next, margin];
      if (rest()[0] === "-") refuse("put quotes around a text over several lines");
      value += (breaks === 1 ? " " : "\n".repeat(breaks - 1)) + plainLine(false);
    }
  }

  /* A literal (|) or folded (>) block of text below a key that stands at `indent`. */
  function block(indent) {
    const [r, c] = [row, at];
    const head = /^([|>])([+-]?)([1-9]?)([+-]?)(?= +#| *$)/.exec(rest());
    if (!head || (head[2] && head[4])) refuse("put quotes around a text that starts like this");
    const chomp = head[2] || head[4];
    at += head[0].length;
    endOfLine();
    let margin = head[3] ? Math.max(indent, 0) + Number(head[3]) : 0;
    let [value, leading, trailing, leadingBlank] = ["", "", "", false];
    function breaks() {
      let most = 0;
      for (trailing = ""; row < lines.length; [row, at] = [row + 1, 0]) {
        const blanks = /^ */.exec(lines[row])[0].length;
        at = margin ? Math.min(blanks, margin) : blanks;
        most = Math.max(most, at);
        if (lines[row][at] === "\t" && (!margin || at < margin)) tab();
        if (at < lines[row].length || row + 1 === lines.length) break;
        trailing += "\n";
      }
      margin = margin || Math.max(most, indent + 1, 1);
    }
    breaks();
    while (row < lines.length && at === margin && !(row + 1 === lines.length && at === lines[row].length)) {
      const blank = /^[ \t]/.test(rest());
      if (head[1] === ">" && leading && !leadingBlank && !blank) value += trailing ? "" : " ";
      else value += leading;
      value += trailing + rest();
      leadingBlank = blank;
      leading = row + 1 < lines.length ? "\n" : "";
      [row, at] = [row + 1, 0];
      breaks();
    }
    at = 0;
    if (chomp !== "-") value += leading;
    if (chomp === "+") value += trailing;
    return node("text", value, r, c);
  }

  function within(r, c) {
    if (!skip()) refuse("the bracket is never closed", r, c);
  }
  /* A value in brackets, or one within brackets. */
  function flow() {
    const open = rest()[0];
    const [r, c] = [row, at];
    if (/['"]/.test(open)) return quoted(false);
    if (open !== "[" && open !== "{") return node("text", plainLine(true), r, c);
    const close = open === "[" ? "]" : "}";
    const value = open === "[" ? [] : new Map();
    at++;
    return deeper(() => {
      for (;;) {
        within(r, c);
        if (rest()[0] === close) break;
        if (open === "[") value.push(flow());
        else member(value);
        within(r, c);
        if (rest()[0] === ",") at++;
        else if (rest()[0] !== close) refuse("close the bracket, or put a comma between the items");
      }
      at++;
      return node(open === "[" ? "list" : "map", value, r, c);
    });
  }
  function member(map) {
    const place = key(map, true);
    within(place.line - 1, 0);
    if (/^[,}]/.test(rest())) place.node = nothing(row, at);
    else place.node = flow();
  }

  /* Reads a key and its colon into a map. */
  function key(map, inFlow) {
    const [r, c] = [row, at];
    const written = /^['"]/.test(rest());
    const name = (written ? quoted(true).value : plainLine(inFlow)).normalize("NFC");
    const colon = (written && inFlow ? /^ *:/ : /^ *:(?= |$)/).exec(rest());
    if (!colon) refuse("a key and `: ` should stand here", r, c);
    if (!name) refuse("a key is a word or a quoted text", r, c);
    if (name === "<<" && !written) refuse("a merge key is not part of the format", r, c);
    if (map.has(name)) refuse(`the key \`${name.slice(0, 60)}\` is given twice`, r, c);
    at += colon[0].length;
    const place = { line: r + 1, column: column(r, c), node: null };
    map.set(name, place);
    return place;
  }
  /* Whether a key and a colon stand here, without reading on. */
  function startsKey() {
    const [r, c] = [row, at];
    try {
      if (/^['"]/.test(rest())) quoted(true);
      else plainLine(false);
      return /^ *:( |$)/.test(rest());
    } catch {
      return false;
    } finally {
      [row, at] = [r, c];
    }
  }

  /* What stands after a key or a dash at `indent`: on the same line, or deeper on the next ones. */
  function value(indent, afterKey) {
    const [r, c] = [row, at];
    if (!/^ *(#|$)/.test(rest())) {
      at += /^ */.exec(rest())[0].length;
      return !afterKey && (isDash() || startsKey()) ? collection(at) : scalar(indent);
    }
    if (!skip()) return nothing(r, c);
    if (at > indent) return isDash() || startsKey() ? collection(at) : scalar(indent);
    if (afterKey && at === indent && isDash()) return collection(at);
    return nothing(r, c);
  }
  function scalar(indent) {
    const sign = rest()[0];
    if (sign === "&" || sign === "*" || sign === "!") refuse("anchors, aliases and tags are not part of the format");
    if (sign === "|" || sign === ">") return block(indent);
    if (!/['"\[{]/.test(sign)) return plain(indent);
    const made = flow();
    endOfLine();
    return made;
  }
  /* A mapping or a list whose items stand at `indent`. */
  function collection(indent) {
    const [r, c] = [row, at];
    const list = isDash();
    const items = list ? [] : new Map();
    return deeper(() => {
      do {
        if (list !== isDash()) {
          if (list) break; // the list stood as far left as the key that it belongs to
          refuse("a list stands here where a key should");
        }
        if (list) {
          at++;
          items.push(value(indent, false));
        } else {
          key(items, false).node = value(indent, true);
        }
      } while (skip() && at === indent);
      if (row < lines.length && at > indent) refuse("this is indented deeper than what stands before it");
      return node(list ? "list" : "map", items, r, c);
    });
  }

  if (skip() && at === 0 && /^---(\s|$)/.test(rest())) {
    at = 3;
    endOfLine();
  }
  if (!skip()) throw new Refused(1, 1, "the file holds nothing but comments or white space");
  if (rest()[0] !== "{" && !startsKey()) refuse("a mapping should stand here");
  const root = rest()[0] === "{" ? scalar(-1) : collection(at);
  if (skip()) refuse("this is indented less than what stands before it");
  return { root, comments: [...comments] };
}

return { read, Refused };
})();
