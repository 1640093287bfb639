// The stream of events. It is read by fetch, because an EventSource cannot send the header that the session needs.
import { headers, parse } from "./api.js";

/** The receiver does not know this id, so it sends all events that it still keeps. */
const ALL = "0";
const PAUSES = [500, 1000, 2000, 5000, 10000];
/** The receiver pings every 15 s. After 40 s of silence the connection counts as lost. */
const SILENCE = 40000;

/**
 * Follows the events without end, and reconnects with the id of the last event received.
 * @param heard called with each event
 * @param state called with "live", "away" or "refused"
 */
export async function follow(heard, state) {
  let last = ALL;
  for (let failures = 0; ; failures++) {
    try {
      const refused = await stream(last, (id, event) => {
        const begins = last === ALL && event.type === "events.missed";
        last = id || last;
        failures = 0;
        if (!begins) {
          heard(event);
        }
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
    const response = await fetch("v1/events", {
      headers: headers({ Accept: "text/event-stream", "Last-Event-ID": last }), cache: "no-store", signal: silence.signal,
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
