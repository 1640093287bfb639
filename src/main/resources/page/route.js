// Where one is: "#/guests/101" or "#/guests?find=held&sort=-Address". A reload, a bookmark and the back button lead to it.

const VIEWS = ["guests", "conflicts", "networks", "leases", "events"];

/** The view, the VMID of a guest's own page, and what was looked for. */
export function here() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?", 2);
  const [view, vmid = ""] = path.split("/");
  return {
    view: VIEWS.includes(view) ? view : VIEWS[0],
    vmid: view === "guests" && /^[1-9][0-9]{2,8}$/.test(vmid) ? Number(vmid) : null,
    query: new URLSearchParams(query),
  };
}

export function guestPage(vmid) {
  return `#/guests/${vmid}`;
}

/** What is looked for in a view, kept in the address. Each view has its own, and gets it back when it is opened again. */
export function kept(view) {
  let mine = new URLSearchParams();
  const read = () => {
    const now = here();
    if (now.view === view && now.vmid === null) {
      mine = now.query;
    }
    return mine;
  };
  read();
  return {
    get: (name) => read().get(name) ?? "",
    set: (name, value) => {
      if (value) {
        read().set(name, value);
      } else {
        read().delete(name);
      }
      if (here().view === view && here().vmid === null) {
        history.replaceState(null, "", `#/${view}${mine.size > 0 ? `?${mine}` : ""}`);
      }
    },
    link: () => `#/${view}${mine.size > 0 ? `?${mine}` : ""}`,
  };
}

/** For a list that is not in the address. */
export function unkept() {
  const mine = new Map();
  return { get: (name) => mine.get(name) ?? "", set: (name, value) => mine.set(name, value) };
}
