// Events live. The stream is read by fetch, because an EventSource cannot send a token.
import { headers, parse } from "./api.js";
import { byId, el, time } from "./dom.js";

const KEPT = 200;
const PAUSES = [500, 1000, 2000, 5000, 10000];
/** The receiver pings every 15 s. After 40 s of silence the connection counts as lost. */
const SILENCE = 40000;

/**
 * Follows the events without end, and reconnects with the id of the last event received.
 * @param heard called with each event
 * @param state called with "live", "away" or "refused"
 */
export async function follow(heard, state) {
  let last = "";
  for (let failures = 0; ; failures++) {
    try {
      const refused = await stream(last, (id, event) => {
        last = id || last;
        failures = 0;
        heard(event);
      }, () => state("live"));
      if (refused) {
        state("refused");
        return;
      }
    } catch {
      // The state shows it; the next attempt shows whether it is over.
    }
    state("away");
    await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(failures, PAUSES.length - 1)]));
  }
}

async function stream(last, heard, begun) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE);
  try {
    const more = last ? { "Last-Event-ID": last } : {};
    const response = await fetch("v1/events", {
      headers: headers({ Accept: "text/event-stream", ...more }), cache: "no-store", signal: silence.signal,
    });
    if (response.status === 401) {
      return true;
    }
    if (!response.ok) {
      throw new Error(`the receiver answered ${response.status}`);
    }
    begun();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
      const blocks = (rest + part.value).split("\n\n");
      rest = blocks.pop();
      blocks.forEach((block) => read(block, heard));
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function read(block, heard) {
  let id = "";
  const data = [];
  for (const line of block.split("\n")) {
    const [, name, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (name === "id") {
      id = value;
    } else if (name === "data") {
      data.push(value);
    }
  }
  if (data.length > 0) {
    heard(id, parse(data.join("\n")));
  }
}

export function showEvent(event) {
  const list = byId("events-list");
  byId("events-none").hidden = true;
  byId("events-box").hidden = false;
  list.prepend(el("li", { class: event.type.replace(".", "-") },
    time(event.time), el("code", {}, event.type), el("span", {}, words(event))));
  while (list.children.length > KEPT) {
    list.lastChild.remove();
  }
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
