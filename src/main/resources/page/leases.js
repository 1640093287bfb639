// The machines that the router sees.
import { byId, el, fill, span, table } from "./dom.js";

const COLUMNS = ["Address", "MAC", "Machine", "Time left"];

export function showLeases(leases) {
  byId("leases").hidden = false;
  byId("leases-link").hidden = false;
  fill(byId("leases-list"),
    leases.length > 0
      ? table("Machines that the router sees", COLUMNS, leases.map(row))
      : el("p", { class: "quiet" }, "The router sees no machine."));
}

function row(lease) {
  const known = lease.guest !== "unknown";
  const who = known ? `${lease.name ?? lease.guest}${lease.nic ? ` ${lease.nic}` : ""}` : (lease.client ?? "unknown");
  return [
    lease.address,
    lease.mac,
    [el("span", { class: known ? "" : "foreign" }, who), lease.note ? el("small", { class: "note" }, lease.note) : null],
    typeof lease.secondsLeft === "number" ? span(Math.max(0, lease.secondsLeft)) : "–",
  ];
}
