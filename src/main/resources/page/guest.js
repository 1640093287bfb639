// A guest's own page: why it has its address, what each system holds, what would change, what happened, what can be done.
import { get } from "./api.js";
import { ago, byId, count, dnsName, el, fill, mark, prose, table, whole } from "./dom.js";
import { conflictCard } from "./conflicts.js";
import { eventLines, eventsOf } from "./events.js";
import { guestOf } from "./guests.js";

const SYSTEMS = [
  ["ipam", "NIPAP", { ok: "its row has the address", missing: "it has no row yet", differs: "its row is out of date and will be updated" }],
  ["dhcp", "DHCP", {
    ok: "the router maps its MAC to it", missing: "no mapping yet", differs: "the mapping has another address or name; NIPAP wins",
  }],
  ["dns", "DNS", { ok: "the router knows the name", missing: "no name yet", differs: "the name has another address; NIPAP wins" }],
  ["guest", "Guest config", {
    ok: "its config has this address", missing: "its config has no address yet",
    differs: "its config has another address; NIPAP wins", "n/a": "nothing to write; DHCP carries the address",
  }],
];
const ALL = {
  held: "a change is held back", foreign: "an entry that is not Berth's is in the way; Berth does not change it",
  unknown: "could not be read", "n/a": "does not apply",
};
let fresh = null;
let reading = "";

/** Shows the guest as the receiver last saw it, or as it was just read. */
export function showGuest(vmid, actions) {
  const known = guestOf(vmid);
  const guest = fresh?.vmid === vmid && (!known || fresh.asOf >= known.asOf) ? fresh : known;
  fill(byId("guest-body"), ...(guest ? page(guest, actions) : [el("h2", {}, `Guest ${vmid}`),
    el("p", {}, `Proxmox shows no guest ${vmid}, or its list has not arrived yet.`)]));
}

/** Reads the systems for this guest now, and asks the guest for its own addresses. */
async function read(guest, actions) {
  reading = "Reading …";
  showGuest(guest.vmid, actions);
  try {
    fresh = await get(`v1/guests/${guest.vmid}?fresh=true`);
    reading = "";
  } catch (problem) {
    reading = problem.message;
  }
  showGuest(guest.vmid, actions);
}

function page(guest, actions) {
  const title = guest.name ?? `${guest.type} ${guest.vmid}`;
  const action = (key, text, label, click, look = "") => el("button", {
    type: "button", class: look || false, "data-key": key, "aria-label": `${label} ${title}`, on: { click },
  }, text);
  const managed = guest.state !== "unmanaged";
  return [
    el("div", { class: "head" },
      el("h2", { id: "guest-title" }, `${title} `, el("span", { class: `state ${guest.state}` }, guest.state)),
      el("div", { class: "buttons" },
        managed ? action("sync", "Re-sync", "Re-sync", () => actions.sync(guest), "main") : null,
        action("read", "Read now", "Read now", () => read(guest, actions)),
        managed ? action("release", "Release", "Release", () => actions.release(guest)) : null)),
    el("p", { class: "quiet" }, `${guest.id} · ${guest.status} on ${guest.node} · `,
      el("span", { "data-as-of": guest.asOf }, `as of ${ago(guest.asOf)}`), reading ? ` · ${reading}` : ""),
    guest.failure ? el("p", { class: "error" }, ...prose(`Failing: ${guest.failure}`)) : null,
    managed ? null : el("p", {}, "Not managed by Berth: it is a template, or not selected (guests.select)."),
    ...(managed ? guest.nics.map((nic) => card(guest, nic)) : []),
    ...guest.conflicts.map((conflict) => conflictCard({ ...conflict, guest: guest.id, name: title }, actions.sync)),
    managed ? el("h3", {}, "What would change") : null,
    managed ? changes(guest.changes ?? []) : null,
    el("h3", {}, "What happened"),
    happened(guest),
  ];
}

function card(guest, nic) {
  const facts = [
    ["Name", nic.fqdn ? dnsName(nic.fqdn) : "none"],
    ["MAC", whole(nic.mac)],
    ["Network", nic.network ?? "none in the settings has its bridge and VLAN"],
    ["Gateway", nic.gateway ? whole(nic.gateway) : null],
    ["Why this one", nic.origin],
    ["Claimed", nic.claimed ? el("time", { datetime: nic.claimed, title: nic.claimed }, ago(nic.claimed)) : null],
    ["Addresses in use", nic.live ? prose(`${nic.live.join(", ")} (reported by the guest)`) : null],
  ];
  return el("article", { class: "card" },
    el("h3", {}, `${nic.name}: `, nic.address ? whole(nic.address) : "no address yet"),
    el("dl", {}, ...facts.filter(([, value]) => value).flatMap(([name, value]) =>
      [el("dt", {}, name), el("dd", {}, ...[value].flat())])),
    nic.network ? table(`What each system holds for ${nic.name}`, ["System", "State", "Meaning"], SYSTEMS.map(([key, title, words]) =>
      [title, mark(nic[key]), prose((key === "guest" && nic.note) || (words[nic[key]] ?? ALL[nic[key]] ?? ""))])) : null);
}

function changes(all) {
  return all.length === 0 ? el("p", { class: "quiet" }, "Nothing.")
    : table("What would change, in this order", ["NIC", "What", "Why"],
      all.map((change) => [change.nic, prose(change.action), prose(change.reason)]));
}

function happened(guest) {
  const found = eventsOf(guest.id).slice(0, 50);
  return found.length === 0
    ? el("p", { class: "quiet" }, "Nothing since the receiver was started, or nothing that it still keeps.")
    : el("div", { class: "events" }, eventLines(found, `${count(found.length, "event")} of this guest`));
}
