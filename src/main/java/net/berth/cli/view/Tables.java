package net.berth.cli.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The API's answers as tables. */
public record Tables(Colours colours) {
    private static final List<String> GUEST = List.of("VMID", "NAME", "NODE", "STATUS", "STATE");
    private static final List<String> NIC = List.of("NIC", "NETWORK", "ADDRESS", "IPAM", "DHCP", "DNS", "GUEST");

    /** Guests, one line per NIC; below them what is held back, what fails and the conflicts. */
    public List<String> guests(Answer answer) {
        List<Answer> guests = answer.list("items");
        if (guests.isEmpty()) {
            return List.of("No guests.");
        }
        // The column LIVE is shown only if a guest reports addresses of its own.
        boolean live = guests.stream()
                .flatMap(guest -> guest.list("nics").stream())
                .anyMatch(nic -> nic.json().has("live"));
        Table table = new Table(row(live, GUEST, NIC, "LIVE"));
        List<String> below = new ArrayList<>();
        for (Answer guest : guests) {
            List<String> head = guest.cells("vmid", "name", "node", "status", "state");
            List<Answer> nics = guest.list("nics");
            if (nics.isEmpty()) {
                table.row(row(live, head, Collections.nCopies(NIC.size(), ""), ""));
            }
            for (Answer nic : nics) {
                table.row(row(
                        live,
                        nic.equals(nics.getFirst()) ? head : Collections.nCopies(GUEST.size(), ""),
                        nic.cells("name", "-network", "-address", "ipam", "dhcp", "dns", "guest"),
                        String.join(" ", nic.texts("live"))));
            }
            below.addAll(remarks(guest));
        }
        return sections(table.lines(colours), below);
    }

    private static List<String> row(boolean live, List<String> guest, List<String> nic, String last) {
        return Stream.of(guest, nic, live ? List.of(last) : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }

    /** Changes with their reasons, then conflicts and gaps. */
    public List<String> plan(Answer answer) {
        List<String> conflicts = answer.list("conflicts").stream()
                .flatMap(conflict -> conflict(conflict.title("guest"), conflict).stream())
                .toList();
        return sections(changes(answer.list("items")), conflicts, gaps(answer));
    }

    /** The result of a full pass. */
    public List<String> pass(Answer answer) {
        List<Answer> releases = answer.list("releases");
        List<String> conflicts = answer.list("conflicts").stream()
                .filter(conflict -> conflict.text("guest").isEmpty())
                .flatMap(conflict -> conflict("", conflict).stream())
                .toList();
        return sections(guests(answer), releases.isEmpty() ? List.of() : changes(releases), conflicts, gaps(answer));
    }

    /** Live leases, and machines without one. */
    public List<String> leases(Answer answer) {
        List<Answer> leases = answer.list("items");
        if (leases.isEmpty()) {
            return List.of("No leases.");
        }
        Table table = new Table("ADDRESS", "MAC", "LEFT", "NETWORK", "CLIENT", "GUEST", "NIC", "NOTE");
        for (Answer lease : leases) {
            List<String> cells = new ArrayList<>(
                    lease.cells("address", "mac", "secondsLeft", "-network", "-client", "guest", "-nic", "note"));
            cells.set(2, left(lease));
            cells.set(5, lease.text("name").isEmpty() ? lease.text("guest") : lease.title("guest"));
            table.row(cells);
        }
        return table.lines(colours);
    }

    private static String left(Answer lease) {
        String seconds = lease.text("secondsLeft");
        if (seconds.isEmpty()) {
            return lease.text("source").equals("arp") ? "no lease" : "?";
        }
        long minutes = Long.parseLong(seconds) / 60;
        return minutes < 1 ? seconds + "s" : minutes < 60 ? minutes + "m" : minutes / 60 + "h" + minutes % 60 + "m";
    }

    /** One line per network; with {@code addresses} also a table of addresses per network. */
    public List<String> networks(Answer answer, boolean addresses) {
        List<Answer> networks = answer.list("items");
        Table table =
                new Table("NETWORK", "BRIDGE", "VLAN", "PREFIX", "GATEWAY", "DHCP", "SIZE", "USED", "EXCLUDED", "FREE");
        networks.forEach(network -> table.row(network.cells(
                "name", "bridge", "-vlan", "prefix", "-gateway", "-dhcp", "size", "used", "excluded", "free")));
        List<String> lines = new ArrayList<>(table.lines(colours));
        if (addresses) {
            for (Answer network : networks) {
                lines.add("");
                lines.add(colours.heading(network.text("name") + " " + network.text("prefix")));
                lines.addAll(spans(network).lines(colours));
            }
        }
        return lines;
    }

    private static Table spans(Answer network) {
        Table table = new Table("FROM", "TO", "STATE", "GUEST", "NIC", "NAME", "NOTE");
        for (Answer span : network.list("addresses")) {
            List<String> cells = new ArrayList<>(span.cells("from", "to", "state", "guest", "nic", "name", "note"));
            cells.set(1, span.text("from").equals(span.text("to")) ? "" : span.text("to"));
            cells.set(3, span.text("guest").substring(span.text("guest").indexOf('/') + 1));
            table.row(cells);
        }
        return table;
    }

    /** An import, and what became or would become of each row. */
    public List<String> imported(Answer answer, boolean dryRun) {
        List<Answer> items = answer.list("items");
        if (items.isEmpty()) {
            return List.of("Every mapping of the router belongs to a guest or has a row in NIPAP.");
        }
        String open = dryRun ? "would be created" : "not created: the address has a row by now";
        Table table = new Table("NETWORK", "ADDRESS", "MAC", "NAME", "ROW");
        for (Answer item : items) {
            List<String> cells = new ArrayList<>(item.cells("network", "address", "mac", "name"));
            cells.add(item.is("done") ? "created" : open);
            table.row(cells);
        }
        return table.lines(colours);
    }

    private List<String> changes(List<Answer> changes) {
        if (changes.isEmpty()) {
            return List.of("Nothing to do.");
        }
        Table table = new Table("GUEST", "NIC", "SYSTEM", "ACTION", "REASON");
        for (Answer change : changes) {
            List<String> cells = new ArrayList<>(change.cells("guest", "nic", "system", "action", "reason"));
            cells.set(0, change.title("guest"));
            table.row(cells);
        }
        return table.lines(colours);
    }

    private static List<String> remarks(Answer guest) {
        String title = guest.title("id");
        List<String> lines = new ArrayList<>();
        for (Answer nic : guest.list("nics")) {
            if (!nic.text("note").isEmpty()) {
                lines.add(title + " " + nic.text("name") + ": held: " + nic.text("note"));
            }
        }
        if (!guest.text("failure").isEmpty()) {
            lines.add(title + ": failing: " + guest.text("failure"));
        }
        guest.list("conflicts").forEach(conflict -> lines.addAll(conflict(title, conflict)));
        return lines;
    }

    /** One conflict in two lines: what, and what resolves it. */
    static List<String> conflict(String whose, Answer conflict) {
        String where = (whose + " " + conflict.text("nic")).strip();
        return List.of(
                (where.isEmpty() ? "" : where + ": ") + conflict.text("code") + ": " + conflict.text("message"),
                "    fix: " + conflict.text("fix"));
    }

    private static List<String> gaps(Answer answer) {
        return answer.texts("gaps").stream().map(gap -> "not read: " + gap).toList();
    }

    /** The sections that are not empty, with blank lines between them. */
    @SafeVarargs
    private static List<String> sections(List<String> first, List<String>... others) {
        List<String> lines = new ArrayList<>(first);
        for (List<String> other : others) {
            if (!other.isEmpty()) {
                lines.add("");
                lines.addAll(other);
            }
        }
        return lines;
    }
}
