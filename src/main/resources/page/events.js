// What happened: the events that the receiver still keeps, and each one as it happens.
import { byId, el, prose, time } from "./dom.js";
import { list } from "./list.js";
import { kept } from "./route.js";

const KEPT = 1000;
/** The newest first. */
const events = [];
let show = () => {};

export function listenToEvents() {
  const store = kept("events");
  show = list(byId("events-box"), store, {
    caption: "Events, the newest first", one: "event", none: "Nothing has happened since the receiver was started.",
    words: (event) => `${event.type} ${words(event)}`,
    card: line,
  });
  return store;
}

export function keepEvent(event) {
  events.unshift(event);
  events.length = Math.min(events.length, KEPT);
}

export function showEvents() {
  show(events);
}

/** The events of a guest, the newest first. */
export function eventsOf(id) {
  return events.filter((event) => event.data.guest === id);
}

export function eventLines(some, label) {
  return el("div", { role: "list", "aria-label": label }, ...some.map(line));
}

function line(event) {
  return el("div", { class: `event ${event.type.replace(".", "-")}`, role: "listitem" },
    time(event.time), el("code", {}, event.type), el("span", {}, ...prose(words(event))));
}

function words({ type, subject, data }) {
  const guest = data.name ? `${data.name} (${data.guest})` : data.guest;
  switch (type) {
    case "guest.settled":
      return `${guest} is settled${data.addresses.length > 0 ? ` on ${data.addresses.join(", ")}` : ""}`;
    case "guest.conflict":
      return `${guest}: ${data.conflicts.map((one) => `${one.code}: ${one.message}`).join("; ")}`;
    case "address.claimed":
      return `${data.address} now belongs to ${data.guest} ${data.nic}: ${data.reason}`;
    case "address.released":
      return `${data.address} of ${data.guest} ${data.nic} is free again: ${data.reason}`;
    case "router.committed":
      return `the router committed ${data.changes} change${data.changes === 1 ? "" : "s"} in ${data.commits} commit${data.commits === 1 ? "" : "s"}`;
    case "drift.mended":
      return `${data.guest} ${data.nic}: ${data.action}, because ${data.reason}`;
    case "system.down":
      return `${data.system}: ${data.problem}`;
    case "system.up":
      return `${data.system} answers again`;
    case "webhook.down":
      return `events do not reach ${data.receiver}: ${data.problem}`;
    case "webhook.up":
      return `events reach ${data.receiver} again`;
    case "events.missed":
      return "some events were missed while the connection was lost; the page has loaded the current state";
    default:
      return subject;
  }
}
