// Each network as a map of its addresses, sixteen in a row.
import { byId, el, fill, prose, whole } from "./dom.js";
import { list, number } from "./list.js";
import { unkept } from "./route.js";

const WIDTH = 16;
/** In larger networks, rows of sixteen addresses with one state are shown as words. */
const WHOLE = 1024;
const SIGNS = {
  running: "●", stopped: "○", quarantined: "◐", foreign: "✕", dynamic: "~", excluded: "–", free: "",
};
const EXPLAINED = {
  running: "running guest", stopped: "stopped guest", quarantined: "guest destroyed or released, address in quarantine",
  foreign: "used by something that is not Berth's", dynamic: "the router's dynamic range",
  excluded: "never assigned", free: "free",
};
/** The focused address of each map, so that a refresh does not move the focus. */
const places = new Map();
/** What is looked for in the list of each network, and whether it is open. */
const lists = new Map();
let last = null;

export function showNetworks(networks) {
  if (networks === last) {
    return;
  }
  last = networks;
  fill(byId("networks-list"),
    ...networks.map(card),
    networks.length === 0 ? el("p", { class: "quiet" }, "No network is configured.") : null);
}

function card(network) {
  const detail = el("p", { class: "detail", "aria-hidden": "true" }, "Point at an address, or go through them with the arrow keys.");
  const link = network.vlan === null ? network.bridge : `${network.bridge}, VLAN ${network.vlan}`;
  return el("article", { class: "card network" },
    el("h3", {}, `${network.name} `, el("code", { class: "whole" }, network.prefix)),
    el("p", { class: "quiet" }, `${link} · ${network.domain} · ${network.used} used, ${network.free} free, `
      + `${network.excluded} never assigned, of ${network.size}`),
    legend(network.states),
    map(network, detail),
    detail,
    used(network));
}

function legend(states) {
  const shown = Object.entries(states).filter(([, number]) => number > 0);
  return el("ul", { class: "legend", "aria-label": "Addresses by state" }, ...shown.map(([state, number]) =>
    el("li", {}, el("span", { class: `cell ${state}`, "aria-hidden": "true" }, SIGNS[state]),
      ` ${state} ${number}`)));
}

function map(network, detail) {
  const grid = el("div", { class: "map", role: "grid", "aria-label": `Addresses of ${network.name}` });
  let row = null;
  for (const part of parts(network)) {
    if (part.gap) {
      row = null;
      grid.append(gap(part.gap));
      continue;
    }
    if (row === null || part.number % WIDTH === 0) {
      const label = text(part.number - (part.number % WIDTH)).split(".").slice(network.size > 256 ? 2 : 3).join(".");
      row = el("div", { role: "row", class: "row" }, el("span", { role: "rowheader", class: "label" }, `.${label}`));
      grid.append(row);
    }
    row.append(cell(part));
  }
  keys(grid, network.name, detail);
  return grid;
}

/** The network as single addresses and, in a large one, gaps of whole rows that all have one state. */
function* parts(network) {
  for (const one of network.addresses) {
    let number = value(one.from);
    const end = value(one.to);
    while (number <= end) {
      const rows = Math.floor((end + 1 - number) / WIDTH);
      if (network.size > WHOLE && number % WIDTH === 0 && rows > 1) {
        const last = number + rows * WIDTH - 1;
        yield { gap: `${text(number)} to ${text(last)}: ${one.state}` };
        number = last + 1;
      } else {
        yield { number, one };
        number++;
      }
    }
  }
}

function gap(words) {
  return el("div", { role: "row", class: "row" }, el("span", { role: "gridcell", class: "many" }, words));
}

function cell({ number, one }) {
  return el("span", {
    role: "gridcell",
    class: `cell ${one.state}`,
    tabindex: "-1",
    "data-key": text(number),
    "aria-label": words(text(number), one),
  }, SIGNS[one.state]);
}

function words(address, one) {
  return [`${address}: ${EXPLAINED[one.state]}`, one.name, one.guest ? `${one.guest} ${one.nic ?? ""}`.trim() : "", one.note]
    .filter(Boolean).join(", ");
}

/** The whole map is one stop of the tab key; arrows, Home and End move inside it. */
function keys(grid, name, detail) {
  const cells = [...grid.querySelectorAll(".cell")];
  const at = (key) => cells.findIndex((one) => one.dataset.key === key);
  const here = Math.max(0, at(places.get(name)));
  cells[here]?.setAttribute("tabindex", "0");
  const describe = (event) => {
    if (event.target.classList.contains("cell")) {
      detail.textContent = event.target.getAttribute("aria-label");
    }
  };
  grid.addEventListener("pointerover", describe);
  grid.addEventListener("click", (event) => event.target.closest(".cell")?.focus());
  grid.addEventListener("focusin", (event) => {
    describe(event);
    cells.forEach((one) => one.setAttribute("tabindex", one === event.target ? "0" : "-1"));
    places.set(name, event.target.dataset.key);
  });
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: WIDTH, ArrowUp: -WIDTH };
  grid.addEventListener("keydown", (event) => {
    const now = cells.indexOf(event.target);
    const next = { Home: 0, End: cells.length - 1 }[event.key] ?? now + (steps[event.key] ?? 0);
    if (next !== now && cells[next]) {
      event.preventDefault();
      cells[next].focus();
    }
  });
}

/** The used addresses as a table, for readers without the map. It is made when it is opened. */
function used(network) {
  const items = network.addresses.filter((one) => !["free", "excluded", "dynamic"].includes(one.state));
  if (items.length === 0) {
    return el("p", { class: "quiet" }, "No address is used.");
  }
  const store = lists.get(network.name) ?? unkept();
  lists.set(network.name, store);
  const box = el("div");
  const details = el("details", { open: store.get("open") !== "" },
    el("summary", { "data-key": `list ${network.name}` }, "Used addresses as a list"), box);
  details.addEventListener("toggle", () => {
    store.set("open", details.open ? "1" : "");
    if (details.open && box.children.length === 0) {
      list(box, store, {
        caption: `Used addresses of ${network.name}`, one: "address", many: "addresses", none: "No address is used.",
        columns: [
          { name: "Address", by: (one) => number(one.from) },
          { name: "State", by: (one) => one.state },
          { name: "Name", by: (one) => one.name },
          { name: "Guest", by: owner },
        ],
        words: (one) => [one.from, one.state, one.name, owner(one)].join(" "),
        row: (one) => [[whole(one.from), one.state, one.name ?? "–", prose(owner(one))]],
      })(items);
    }
  });
  return details;
}

function owner(one) {
  return one.guest ? `${one.guest} ${one.nic}` : (one.note ?? "–");
}

function value(address) {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function text(number) {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
