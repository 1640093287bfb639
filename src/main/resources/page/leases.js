// The machines that the router sees.
import { byId, el, prose, span, whole } from "./dom.js";
import { list, number } from "./list.js";
import { guestPage, kept } from "./route.js";

let show = () => {};

export function listenToLeases() {
  const store = kept("leases");
  show = list(byId("leases-list"), store, {
    caption: "Machines that the router sees", one: "machine", none: "The router sees no machine.",
    columns: [
      { name: "Address", by: (lease) => number(lease.address) },
      { name: "MAC", by: (lease) => lease.mac },
      { name: "Machine", by: who },
      { name: "Time left", by: left },
    ],
    words: (lease) => [lease.address, lease.mac, who(lease), lease.guest, lease.network, lease.note].filter(Boolean).join(" "),
    row: (lease) => [row(lease)],
  });
  return store;
}

export function showLeases(leases) {
  show(leases);
}

function isKnown(lease) {
  return lease.guest !== "unknown";
}

function who(lease) {
  return isKnown(lease) ? `${lease.name ?? lease.guest}${lease.nic ? ` ${lease.nic}` : ""}` : (lease.client ?? "unknown");
}

function left(lease) {
  return lease.expires ? Math.max(0, (Date.parse(lease.expires) - Date.now()) / 1000) : null;
}

function row(lease) {
  const name = isKnown(lease) ? el("a", { href: guestPage(lease.guest.split("/").at(-1)) }, who(lease)) : el("span", { class: "foreign" }, who(lease));
  return [
    whole(lease.address),
    whole(lease.mac),
    [name, lease.note ? el("small", { class: "note" }, ...prose(lease.note)) : null],
    typeof lease.secondsLeft === "number" ? span(left(lease)) : "–",
  ];
}
