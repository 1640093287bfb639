// Calls to the receiver. The token is kept for the tab, and is sent in a header, never in an address.

const KEY = "berth-token";

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the receiver answered ${status}`);
    this.status = status;
  }
}

export function token() {
  return sessionStorage.getItem(KEY) ?? "";
}

export function keepToken(value) {
  sessionStorage.setItem(KEY, value);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

export function headers(more = {}) {
  return { Authorization: `Bearer ${token()}`, ...more };
}

async function call(method, path) {
  const response = await fetch(path, { method, headers: headers({ Accept: "application/json" }), cache: "no-store" });
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body;
}

export const get = (path) => call("GET", path);
export const post = (path) => call("POST", path);

/** The same document whether all is well (200) or not (503). */
export async function health() {
  const response = await fetch("observe/health", { cache: "no-store" });
  return response.json();
}
