// Everything that is shown is made here, as elements and texts: no text ever becomes markup.

/** Makes an element. Properties: "class", "on" (event name to function), any other an attribute; false leaves it out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...there(children));
  return element;
}

/** What is not there is left out, not shown as "null". */
function there(children) {
  return children.filter((child) => child !== null && child !== undefined && child !== false);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Shows new content; whoever works with the keyboard keeps the focus on what has the same data-key. */
export function fill(container, ...children) {
  const key = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  container.replaceChildren(...there(children));
  if (key) {
    [...container.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus();
  }
}

const MARKS = { ok: "✓", missing: "✗", differs: "≠", held: "⏸", foreign: "!", unknown: "?", "n/a": "–" };

/** How one system stands, readable without colour. */
export function mark(word) {
  if (word === "n/a") {
    return el("span", { class: "mark na", title: "not applicable" },
      el("span", { "aria-hidden": "true" }, "–"), el("span", { class: "unseen" }, "not applicable"));
  }
  return el("span", { class: `mark ${word}` }, el("span", { "aria-hidden": "true" }, `${MARKS[word] ?? "?"} `), word);
}

/** A table with roles spelled out, so that it stays a table when a phone shows its rows as cards. */
export function table(caption, columns, rows) {
  const head = el("tr", { role: "row" }, ...columns.map((name) => el("th", { scope: "col", role: "columnheader" },
    name || el("span", { class: "unseen" }, "What you can do"))));
  const body = rows.map((cells) => el("tr", { role: "row", class: cells.class ?? false },
    ...cells.map((cell, i) => el("td", { role: "cell", "data-label": columns[i] }, ...[cell].flat()))));
  return el("table", { role: "table" },
    el("caption", { class: "unseen" }, caption),
    el("thead", { role: "rowgroup" }, head),
    el("tbody", { role: "rowgroup" }, ...body));
}

/** Words and the command at their end, which alone is worth copying: "free the name: pct set 204 --hostname OTHER". */
const COMMAND = /^(?:(.*?): )?((?:berth|pct|qm|pveum|set|delete) \S.*)$/s;

/** What resolves something: the words as words, and a command, or the whole where there is none, to be copied. */
export function fix(text, label) {
  const [, words, command] = COMMAND.exec(text) ?? [null, "", text];
  return [words && words !== "run" ? el("p", {}, `${words}:`) : null, copyable(command, label)];
}

/** A text with a button that copies it. */
export function copyable(text, label) {
  const code = el("code", {}, text);
  const button = el("button", { type: "button", "data-key": `copy ${text}`, "aria-label": `Copy: ${label}` }, "Copy");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text, code)) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  return el("div", { class: "copyable" }, code, button);
}

/** The clipboard is open to secure pages only; elsewhere the text is selected, and the old command tried. */
async function copy(text, code) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(code);
    return document.execCommand("copy");
  }
}

export function time(iso) {
  return el("time", { datetime: iso, title: iso }, new Date(iso).toLocaleTimeString());
}

/** Seconds in words, the largest unit only. */
export function span(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "min"]];
  const [size, unit] = units.find(([size]) => seconds >= 2 * size) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}
