// Puts the page together: reads everything when it opens, when something happens, and now and then.
import { Refused, forgetToken, get, health, keepToken, token } from "./api.js";
import { byId } from "./dom.js";
import { showConflicts } from "./conflicts.js";
import { follow, showEvent } from "./events.js";
import { listenToFilter, showGuests, summary } from "./guests.js";
import { showLeases } from "./leases.js";
import { showNetworks } from "./networks.js";
import { listenToSync, openSync } from "./sync.js";
import { showNoReceiver, showSystems } from "./systems.js";

/** Each look reads all systems behind the receiver: many events at once make one look. */
const GATHER = 1500;
const EVERY = 60000;
let planned = 0;
let looking = false;
let again = false;

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  clearTimeout(planned);
  await Promise.all([systems(), state()]);
  looking = false;
  planned = setTimeout(look, again ? GATHER : EVERY);
  again = false;
}

function soon() {
  if (!looking) {
    clearTimeout(planned);
    planned = setTimeout(look, GATHER);
  } else {
    again = true;
  }
}

async function systems() {
  try {
    showSystems(await health());
  } catch {
    showNoReceiver("does not answer");
  }
}

async function state() {
  const parts = await Promise.allSettled([get("v1/guests"), get("v1/conflicts"), get("v1/networks"), get("v1/leases")]);
  const [guests, conflicts, networks, leases] = parts.map((part) => part.value);
  const failures = parts.filter((part) => part.status === "rejected").map((part) => part.reason);
  if (failures.some((failure) => failure instanceof Refused && failure.status === 401)) {
    ask("The receiver does not know this token.");
    return;
  }
  if (guests) {
    showGuests(guests.items, openSync);
    byId("summary").textContent = summary(guests.items);
  }
  if (conflicts) {
    showConflicts(conflicts.items, conflicts.gaps, openSync);
    document.title = conflicts.items.length > 0 ? `(${conflicts.items.length}) Berth` : "Berth";
  }
  if (networks) {
    showNetworks(networks.items);
  }
  if (leases) {
    showLeases(leases.items);
  }
  // A receiver that has no leases to tell is no trouble.
  trouble(failures.find((failure) => failure.status !== 404));
}

function trouble(failure) {
  byId("trouble").hidden = !failure;
  byId("trouble").textContent = failure ? `What is shown may be old: ${failure.message}` : "";
}

const LIVE = { live: "live", away: "connection lost, trying again", refused: "not connected" };

function begin() {
  look();
  follow(
    (event) => {
      showEvent(event);
      soon();
    },
    (now) => {
      byId("live").textContent = LIVE[now];
      byId("live").className = `live ${now}`;
      if (now === "live") {
        soon();
      } else if (now === "refused") {
        ask("The receiver does not know this token.");
      }
    });
}

function ask(problem = "") {
  forgetToken();
  byId("token-error").textContent = problem;
  if (!byId("token-dialog").open) {
    byId("token-dialog").showModal();
  }
}

/** Read anew with the token: nothing of another token's is left in the tab. */
byId("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  keepToken(byId("token").value.trim());
  location.reload();
});
byId("token-dialog").addEventListener("cancel", (event) => event.preventDefault());
byId("forget").addEventListener("click", () => {
  forgetToken();
  location.reload();
});
byId("sync-all").addEventListener("click", () => openSync());
listenToSync(soon);
listenToFilter(openSync);
if (token()) {
  begin();
} else {
  systems();
  ask();
}
