/* The portfolio: filters and pages over the rows of portfolio-data.js. Rows stand by name, and nothing sorts them. */
"use strict";
(() => {
  const ROWS = 100;
  const form = document.querySelector(".hr-filters");
  const place = document.getElementById("portfolio");
  const count = document.getElementById("portfolio-count");
  if (!form || !place) return;
  const data = handrailPortfolio;
  const written = (groups, key) => [...new Set(groups.flatMap((group) => group[key]))].sort();
  let page = 1;

  /* An element with attributes and children; a text becomes a text node and never markup. */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  const field = (name) => document.getElementById(`portfolio-${name}`);
  const offer = (name, values) => field(name).append(...values.map((one) => make("option", { value: one }, one)));
  offer("role", written(data.groups, "roles"));
  offer("checklist", written(data.groups, "checklists"));
  offer("finding", data.labels);

  function wanted() {
    const name = field("name").value.trim().toLowerCase();
    const [role, checklist, label] = ["role", "checklist", "finding"].map((one) => field(one).value);
    const finding = label === "" ? -1 : data.labels.indexOf(label);
    const groups = data.groups.map((group) =>
      (role === "" || group.roles.includes(role)) && (checklist === "" || group.checklists.includes(checklist)));
    return data.rows.filter(([, shown, group, , , , labels]) =>
      groups[group] && (name === "" || shown.toLowerCase().includes(name)) && (finding < 0 || labels.includes(finding)));
  }

  function table(group, rows) {
    const { roles, checklists, catalog } = data.groups[group];
    const [who, what] = [roles.join(", ") || "no role declared", checklists.join(", ") || "the whole catalog"];
    const heads = ["Project", "Judged on", "Open MUST"].map((one) => make("th", { scope: "col" }, one));
    const columns = data.principles.map(([id, title]) => make("th", { scope: "col" }, make("abbr", { title }, id)));
    const body = rows.map(([id, shown, , day, open, must, , cells]) =>
      make("tr", {}, make("th", { scope: "row" }, make("a", { href: `${id}.html` }, shown)),
        make("td", {}, day), make("td", {}, `${open} of ${must}`),
        ...cells.map((cell) => cell
          ? make("td", { class: `hr-${cell[1]}` }, cell[0])
          : make("td", {}, "\u2013"))));
    return make("section", { class: "hr-group" },
      make("h2", {}, who),
      make("p", { class: "hr-quiet" }, `Checklist: ${what}. Catalog ${catalog}. Only these compare.`),
      make("div", { class: "hr-scroll", role: "region", tabindex: "0", "aria-label": `Reports of: ${who}; ${what}; catalog ${catalog}` },
        make("table", { class: "hr-table hr-portfolio" },
          make("thead", {}, make("tr", {}, ...heads, ...columns)), make("tbody", {}, ...body))));
  }

  function turner(pages) {
    const to = (label, target) => {
      const button = make("button", { type: "button" }, label);
      button.addEventListener("click", () => { page = target; show(); place.scrollIntoView(); });
      return button;
    };
    const parts = [];
    if (page > 1) parts.push(to("Previous", page - 1));
    parts.push(make("span", { "aria-current": "page" }, `page ${page} of ${pages}`));
    if (page < pages) parts.push(to("Next", page + 1));
    return make("nav", { class: "hr-pages", id: "portfolio-pages", "aria-label": "Pages of reports" }, ...parts);
  }

  function show() {
    const rows = wanted();
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    page = Math.min(page, pages);
    const shown = rows.slice((page - 1) * ROWS, page * ROWS);
    const groups = [...new Set(shown.map((row) => row[2]))];
    place.replaceChildren(...groups.map((group) => table(group, shown.filter((row) => row[2] === group))));
    count.textContent = rows.length === data.rows.length
      ? `${rows.length} reports` : `${rows.length} of ${data.rows.length} reports match`;
    const old = document.getElementById("portfolio-pages");
    if (old) old.remove();
    if (pages > 1) place.after(turner(pages));
  }

  const again = () => { page = 1; show(); };
  form.addEventListener("input", again);
  form.addEventListener("reset", () => setTimeout(again));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
