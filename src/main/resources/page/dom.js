// Everything that is shown is made here, from elements and texts. A text never becomes markup.

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

/** Leaves out what is missing, so that "null" is never shown. */
function there(children) {
  return children.filter((child) => child !== null && child !== undefined && child !== false);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Shows new content. The keyboard focus moves to the new element with the data-key of the focused one. */
export function fill(container, ...children) {
  const key = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  container.replaceChildren(...there(children));
  if (key) {
    [...container.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus();
  }
}

const MARKS = { ok: "✓", missing: "✗", differs: "≠", held: "‖", foreign: "!", unknown: "?", "n/a": "–" };

/** The state in one system, readable without colour. */
export function mark(word) {
  if (word === "n/a") {
    return el("span", { class: "mark na", title: "not applicable" },
      el("span", { "aria-hidden": "true" }, "–"), el("span", { class: "unseen" }, "not applicable"));
  }
  return el("span", { class: `mark ${word}` }, el("span", { "aria-hidden": "true" }, `${MARKS[word] ?? "?"} `),
    el("span", { class: "word" }, word));
}

/**
 * A table with explicit roles: on a phone its rows are shown as cards, and it must remain a table for screen readers.
 * @param labels the names of the columns, as a card shows them
 * @param heads the cells of the first row, if they are more than the names
 */
export function table(caption, labels, rows, heads = labels.map((name) => el("th", { scope: "col", role: "columnheader" }, name)), look = "") {
  const body = rows.map((cells) => el("tr", { role: "row", class: cells.class ?? false },
    ...cells.map((cell, i) => el("td", { role: "cell", "data-label": labels[i] }, ...[cell].flat()))));
  return el("table", { role: "table", class: look || false },
    el("caption", { class: "unseen" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    el("tbody", { role: "rowgroup" }, ...body));
}

/** Addresses, MACs and prefixes: no line ends within one. */
const WHOLE = /((?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?|(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})/;

/** A text whose addresses stay whole at the end of a line. */
export function prose(text) {
  return text.split(WHOLE).map((part, i) => (i % 2 === 1 ? whole(part) : part));
}

export function whole(text) {
  return el("span", { class: "whole" }, text);
}

/** A DNS name, which may continue on the next line after a dot. */
export function dnsName(text) {
  return text.split(/(?<=\.)/).flatMap((part) => [part, el("wbr")]);
}

/** Words with a command at their end, such as "free the name: pct set 204 --hostname OTHER". Only the command is copied. */
const COMMAND = /^(?:(.*?): )?((?:berth|pct|qm|pveum|set|delete) \S.*)$/s;

/** A fix: the words, then the command to copy. A fix without a command is copied as a whole. */
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

/** Browsers open the clipboard to secure pages only. Elsewhere the text is selected and the older copy command is tried. */
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
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return el("time", { datetime: iso, title: iso }, today ? date.toLocaleTimeString() : date.toLocaleString());
}

/** Seconds in words, the largest unit only. */
export function span(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "min"]];
  const [size, unit] = units.find(([size]) => seconds >= 2 * size) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** How long ago, such as "12 s ago". */
export function ago(iso) {
  return `${span(Math.max(0, (Date.now() - Date.parse(iso)) / 1000))} ago`;
}

export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}
