// The guests: address, name and a mark per system.
import { byId, count, dnsName, el, mark, prose, whole } from "./dom.js";
import { list, number } from "./list.js";
import { guestPage, kept } from "./route.js";

const STATES = ["failing", "conflict", "pending", "settled", "unmanaged"];
const MARKS = ["foreign", "missing", "differs", "unknown", "held", "ok", "n/a"];
const texts = new WeakMap();
let guests = [];
let show = () => {};

const worst = (system) => (guest) => Math.min(...guest.nics.map((nic) => MARKS.indexOf(nic[system])), MARKS.length);

const COLUMNS = [
  { name: "Guest", by: (guest) => guest.name ?? `${guest.type} ${guest.vmid}` },
  { name: "State", by: (guest) => STATES.indexOf(guest.state) },
  { name: "Address", by: (guest) => number(guest.nics.find((nic) => nic.address)?.address) },
  { name: "DNS name", by: (guest) => guest.nics.find((nic) => nic.fqdn)?.fqdn },
  { name: "NIPAP", by: worst("ipam") },
  { name: "DHCP", by: worst("dhcp") },
  { name: "DNS", by: worst("dns") },
  { name: "Guest config", short: "Guest", by: worst("guest") },
  { name: "What you can do", unseen: true },
];

export function listenToGuests(sync) {
  const store = kept("guests");
  const all = el("input", { type: "checkbox", id: "guest-all" });
  show = list(byId("guests-list"), store, {
    caption: "Guests with what each system holds for them", one: "guest", none: "Proxmox shows no guest.", look: "guests",
    placeholder: "name, address, node, held …",
    columns: COLUMNS, words, row: (guest) => rows(guest, sync),
    among: (guest) => {
      all.checked = store.get("all") !== "";
      return all.checked || guest.state !== "unmanaged";
    },
    more: (change) => {
      all.addEventListener("change", () => change("all", all.checked ? "1" : ""));
      return el("label", { class: "check" }, all, " with unmanaged");
    },
  });
  return store;
}

export function showGuests(now) {
  guests = now ?? guests;
  show(guests);
}

export function guestOf(id) {
  return guests.find((guest) => guest.vmid === id || guest.id === id);
}

export function summary() {
  const states = new Map();
  guests.forEach((guest) => states.set(guest.state, (states.get(guest.state) ?? 0) + 1));
  const words = STATES.filter((state) => states.has(state)).map((state) => `${states.get(state).toLocaleString()} ${state}`);
  return `${count(guests.length, "guest")}: ${words.join(", ") || "none"}`;
}

/** Every word that is shown of a guest, here and on its own page. */
function words(guest) {
  if (!texts.has(guest)) {
    const nics = guest.nics.flatMap((nic) => [nic.name, nic.mac, nic.address, nic.fqdn, nic.network, nic.ipam, nic.dhcp, nic.dns,
      nic.guest, nic.note, nic.origin, ...(nic.live ?? [])]);
    const rest = [...(guest.changes ?? []).map((change) => change.action), ...guest.conflicts.map((one) => `${one.code} ${one.message}`)];
    texts.set(guest, [guest.id, guest.vmid, guest.type, guest.name, guest.node, guest.status, guest.state, guest.failure, ...nics, ...rest]
      .filter(Boolean).join(" "));
  }
  return texts.get(guest);
}

function rows(guest, sync) {
  const nics = guest.nics.length > 0 ? guest.nics : [null];
  return nics.map((nic, i) => Object.assign(
    [
      name(guest, nic, nics.length > 1),
      i === 0 ? state(guest) : "",
      [nic?.address ? whole(nic.address) : "–", nic ? reallyHas(nic) : null],
      nic?.fqdn ? dnsName(nic.fqdn) : "–",
      mark(nic?.ipam ?? "n/a"),
      mark(nic?.dhcp ?? "n/a"),
      mark(nic?.dns ?? "n/a"),
      [mark(nic?.guest ?? "n/a"), nic?.note ? el("small", { class: "note" }, ...prose(nic.note)) : null],
      i === 0 && guest.state !== "unmanaged" ? button(guest, sync) : "",
    ],
    { class: i === 0 ? guest.state : `${guest.state} more` }));
}

// The addresses according to the guest itself, where they are not just the assigned one.
function reallyHas(nic) {
  const others = (nic.live ?? []).filter((address) => nic.address !== null && !nic.address.startsWith(`${address}/`));
  return others.length > 0 ? el("small", { class: "note" }, ...prose(`really has ${nic.live.join(", ")}`)) : null;
}

function name(guest, nic, several) {
  return [
    el("a", { href: guestPage(guest.vmid), class: "name", "data-key": `guest ${guest.vmid} ${nic?.name}` },
      guest.name ?? `${guest.type} ${guest.vmid}`),
    el("small", {}, `${guest.vmid} · ${guest.type} · ${guest.node} · ${guest.status}`
      + (several && nic ? ` · ${nic.name}` : "")),
  ];
}

export function state(guest) {
  return [
    el("span", { class: `state ${guest.state}`, title: `as of ${guest.asOf}` }, guest.state),
    ...(guest.changes ?? []).map((change) => el("small", { class: "note" }, ...prose(change.action))),
    guest.failure ? el("small", { class: "note" }, ...prose(guest.failure)) : null,
  ];
}

function button(guest, sync) {
  return el("button", {
    type: "button",
    "data-key": `sync ${guest.vmid}`,
    "aria-label": `Re-sync ${guest.name ?? guest.vmid}`,
    on: { click: () => sync(guest) },
  }, "Re-sync");
}
