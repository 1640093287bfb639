// The browser's session: the token is asked for once, and a cookie stands for it.
import { get, signIn, signOut } from "./api.js";
import { byId, copyable } from "./dom.js";

let readsOnly = false;
const UNKNOWN = "The receiver does not know this token.";

export function listenToSession() {
  byId("token-where").append(copyable("sudo cat /etc/berth/api.token", "the command that shows the token"));
  byId("token-form").addEventListener("submit", open);
  byId("token-dialog").addEventListener("cancel", (event) => event.preventDefault());
  byId("sign-out").addEventListener("click", () => signOut().finally(() => location.reload()));
}

/** False only if the receiver says so; one that does not answer may know the session. */
export async function isSignedIn() {
  try {
    readsOnly = (await get("v1/session")).token === "read";
    byId("read-only").hidden = !readsOnly;
    return true;
  } catch (problem) {
    return problem.status !== 401;
  }
}

/** Whether the session stands for the token that may only read. */
export function mayOnlyRead() {
  return readsOnly;
}

export function asking() {
  return document.body.classList.contains("asking");
}

/** Asks for the token, and shows nothing else meanwhile. */
export function ask() {
  document.body.classList.add("asking");
  if (!byId("token-dialog").open) {
    byId("token-dialog").showModal();
  }
}

/** Reloads the page in the new session, so that it shows nothing that was loaded in another one. */
async function open(event) {
  event.preventDefault();
  try {
    if (await signIn(byId("token").value.trim())) {
      location.reload();
      return;
    }
    byId("token-error").textContent = UNKNOWN;
  } catch (problem) {
    byId("token-error").textContent = problem.message;
  }
}
