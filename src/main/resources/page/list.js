// A list of any length: found by words, sorted by a column, some rows at a time.
import { el, fill, table } from "./dom.js";

const ROWS = 50;
const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/**
 * Makes a list inside a container.
 * @param container where it is shown
 * @param store keeps what is looked for: get(name), set(name, value)
 * @param options caption; one, many: its items in words; none: said when there are no items; words(item): all that is shown of it;
 *     columns: {name, short, unseen, by(item)}, sorted by "by"; row(item): rows of cells; or card(item) instead of columns; size of a page
 * @return shows items
 */
export function list(container, store, options) {
  const { columns = [], size = ROWS } = options;
  let items = [];
  const find = el("input", { type: "search", autocomplete: "off", placeholder: options.placeholder ?? "any word that is shown" });
  const sorting = el("select", {}, ...columns.filter((column) => column.by).flatMap((column) =>
    [el("option", { value: column.name }, column.name), el("option", { value: `-${column.name}` }, `${column.name}, reversed`)]));
  const found = el("span", { class: "quiet found", role: "status" });
  const body = el("div", { class: "scroll" });
  const pager = el("div", { class: "pager" });
  const change = (name, value) => {
    store.set(name, value);
    store.set("page", name === "page" ? value : "");
    show();
  };
  find.addEventListener("input", () => change("find", find.value));
  sorting.addEventListener("change", () => change("sort", sorting.value));
  const tools = options.words ? el("div", { class: "tools" },
    el("label", {}, "Find ", find),
    columns.length > 0 ? el("label", { class: "sorting" }, "Sort by ", sorting) : null,
    options.more?.(change), found) : null;
  container.replaceChildren(...[tools, body, pager].filter(Boolean));

  function sorted(rows) {
    const wish = store.get("sort") || columns.find((column) => column.by)?.name || "";
    const column = columns.find((one) => one.by && one.name === wish.replace(/^-/, ""));
    if (!column) {
      return rows;
    }
    const sign = wish.startsWith("-") ? -1 : 1;
    return rows.map((item) => [column.by(item), item]).sort(([a], [b]) => sign * compare(a, b)).map(([, item]) => item);
  }

  function head(column) {
    const name = el("span", {}, column.name);
    if (!column.by) {
      return el("th", { scope: "col", role: "columnheader" }, column.unseen ? el("span", { class: "unseen" }, column.name) : name);
    }
    const wish = store.get("sort") || columns[0].name;
    const order = { [column.name]: "ascending", [`-${column.name}`]: "descending" }[wish] ?? null;
    const next = order === "ascending" ? `-${column.name}` : column.name;
    return el("th", { scope: "col", role: "columnheader", "aria-sort": order },
      el("button", { type: "button", class: "sort", "data-key": `sort ${column.name}`, on: { click: () => change("sort", next) } },
        name, el("span", { "aria-hidden": "true", class: "order" }, { ascending: "▲", descending: "▼" }[order] ?? "")));
  }

  function turn(pages, page) {
    const go = (to) => {
      change("page", to > 1 ? String(to) : "");
      container.scrollIntoView();
    };
    const button = (text, to) => el("button", {
      type: "button", "data-key": text, disabled: to < 1 || to > pages, on: { click: () => go(to) },
    }, text);
    return pages > 1 ? [button("Previous", page - 1), el("span", {}, `Page ${page} of ${pages}`), button("Next", page + 1)] : [];
  }

  function show() {
    const wanted = store.get("find").toLowerCase().split(/\s+/).filter(Boolean);
    const all = options.among ? items.filter(options.among) : items;
    const fitting = options.words && wanted.length > 0
      ? all.filter((item) => wanted.every((word) => options.words(item).toLowerCase().includes(word))) : all;
    const pages = Math.max(1, Math.ceil(fitting.length / size));
    const page = Math.min(pages, Math.max(1, Number.parseInt(store.get("page"), 10) || 1));
    const rows = sorted(fitting).slice((page - 1) * size, page * size);
    if (find !== document.activeElement) {
      find.value = store.get("find");
    }
    sorting.value = store.get("sort") || columns[0]?.name || "";
    const some = fitting.length < items.length ? ` of ${items.length.toLocaleString()}` : "";
    const howMany = `${fitting.length.toLocaleString()}${some} ${items.length === 1 ? options.one : options.many ?? `${options.one}s`}`;
    if (found.textContent !== howMany) {
      found.textContent = howMany;
    }
    fill(body, rows.length === 0
      ? el("p", { class: "quiet" }, items.length === 0 ? options.none : `No ${options.one} ${wanted.length > 0 ? "has these words" : "to show"}.`)
      : options.card ? el("div", { role: options.caption ? "list" : null, "aria-label": options.caption }, ...rows.map(options.card))
        : table(options.caption, columns.map((column) => column.short ?? column.name), rows.flatMap(options.row), columns.map(head), options.look));
    fill(pager, ...turn(pages, page));
  }

  return (next = items) => {
    items = next;
    show();
  };
}

/** Texts in the reader's order, numbers by value; what is missing last. */
function compare(a, b) {
  const missing = (value) => value === null || value === undefined || value === "";
  if (missing(a) || missing(b)) {
    return missing(a) - missing(b);
  }
  return typeof a === "number" && typeof b === "number" ? a - b : COLLATOR.compare(a, b);
}

/** An IPv4 address, with or without its prefix, as a number. */
export function number(address) {
  return address ? address.replace(/\/.*/, "").split(".").reduce((sum, part) => sum * 256 + Number(part), 0) : null;
}
