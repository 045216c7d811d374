/* Elements of the page. Whatever text they are given becomes a text node or a value, and never markup. */
"use strict";
const handrailPage = (() => {
  let count = 0;

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    return fill(made, ...children);
  }
  /* Puts children, or lists of them, in the place of what an element holds; what is empty is left out. */
  function fill(element, ...children) {
    element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
    return element;
  }
  const badge = (level) => make("span", { class: `hr-level hr-level--${level}` }, level.toUpperCase());

  function button(label, pressed, attributes) {
    const made = make("button", { type: "button", ...attributes }, label);
    made.addEventListener("click", pressed);
    return made;
  }

  /* A labelled field. `path` says what of the declaration it holds; `options` makes it a choice of [value, label]. */
  function field({ label, path, value, change, type = "text", hint = "", options = null, required = false }) {
    const id = `field-${++count}`;
    const tag = options ? "select" : type === "long" ? "textarea" : "input";
    const made = make(tag, {
      id,
      "data-path": path,
      type: tag === "input" ? type : null,
      rows: type === "long" ? "2" : null,
      min: type === "date" ? "1970-01-01" : null,
      max: type === "date" ? "2999-12-31" : null,
      "aria-describedby": hint ? `${id}-hint` : null,
      "aria-required": required ? "true" : null,
      spellcheck: type === "text" ? "false" : null,
    }, options ? options.map(([key, text]) => make("option", { value: key }, text)) : []);
    made.value = value || "";
    made.addEventListener(options ? "change" : "input", () => change(made.value));
    return make("p", { class: `hr-field${type === "date" ? " hr-field--short" : ""}` },
      make("label", { for: id }, label), made,
      hint ? make("span", { class: "hr-quiet", id: `${id}-hint` }, hint) : null);
  }

  return { make, fill, badge, button, field };
})();
