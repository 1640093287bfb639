// The guests: address, name and a mark per system.
import { byId, count, el, fill, mark, table } from "./dom.js";

const COLUMNS = ["Guest", "State", "Address", "DNS name", "NIPAP", "DHCP", "DNS", "Guest config", ""];
let last = [];

export function listenToFilter(sync) {
  ["guest-filter", "guest-all"].forEach((id) => byId(id).addEventListener("input", () => showGuests(last, sync)));
}

export function showGuests(guests, sync) {
  last = guests;
  const wanted = byId("guest-filter").value.trim().toLowerCase();
  const all = byId("guest-all").checked;
  const shown = guests.filter((guest) => (all || guest.state !== "unmanaged") && words(guest).includes(wanted));
  const hidden = guests.length - shown.length;
  fill(byId("guests-list"),
    shown.length > 0
      ? table("Guests with what each system holds for them", COLUMNS, shown.flatMap((guest) => rows(guest, sync)))
      : el("p", { class: "quiet" }, "No guest to show."),
    hidden > 0 ? el("p", { class: "quiet" }, `${count(hidden, "guest")} not shown.`) : null);
}

export function summary(guests) {
  const states = new Map();
  guests.forEach((guest) => states.set(guest.state, (states.get(guest.state) ?? 0) + 1));
  return `${count(guests.length, "guest")}: ${[...states].map(([state, n]) => `${n} ${state}`).join(", ") || "none"}`;
}

function words(guest) {
  const nics = guest.nics.flatMap((nic) => [nic.mac, nic.address, nic.fqdn, nic.network]);
  return [guest.id, guest.name, guest.node, guest.status, guest.state, ...nics].join(" ").toLowerCase();
}

function rows(guest, sync) {
  const nics = guest.nics.length > 0 ? guest.nics : [null];
  return nics.map((nic, i) => Object.assign(
    [
      name(guest, nic, nics.length > 1),
      i === 0 ? state(guest) : "",
      [nic?.address ?? "–", nic ? reallyHas(nic) : null],
      nic?.fqdn ?? "–",
      mark(nic?.ipam ?? "n/a"),
      mark(nic?.dhcp ?? "n/a"),
      mark(nic?.dns ?? "n/a"),
      [mark(nic?.guest ?? "n/a"), nic?.note ? el("small", { class: "note" }, nic.note) : null],
      i === 0 && guest.state !== "unmanaged" ? button(guest, sync) : "",
    ],
    { class: i === 0 ? guest.state : `${guest.state} more` }));
}

// The addresses according to the guest itself, where they are not just the assigned one.
function reallyHas(nic) {
  const others = (nic.live ?? []).filter((address) => nic.address !== null && !nic.address.startsWith(`${address}/`));
  return others.length > 0 ? el("small", { class: "note" }, `really has ${nic.live.join(", ")}`) : null;
}

function name(guest, nic, several) {
  return [
    el("strong", {}, guest.name ?? `${guest.type} ${guest.vmid}`),
    el("small", {}, `${guest.vmid} · ${guest.type} · ${guest.node} · ${guest.status}`
      + (several && nic ? ` · ${nic.name}` : "")),
  ];
}

function state(guest) {
  return [
    el("span", { class: `state ${guest.state}`, title: `as of ${guest.asOf}` }, guest.state),
    ...(guest.changes ?? []).map((change) => el("small", { class: "note" }, change.action)),
    guest.failure ? el("small", { class: "note" }, guest.failure) : null,
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
