package net.berth.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.MachineView;

/**
 * What the systems hold, guest by guest, read from the stand-ins themselves and not from Berth.
 *
 * @param lines one per guest, and one per row or mapping of no guest
 * @param problems where they disagree
 */
record LabView(List<Line> lines, List<String> problems) {

    /** One guest, or what is left of one. */
    record Line(String guest, String status, String config, String nipap, String dhcp, String dns, String up) {}

    static LabView of(LabHouse house) {
        List<Line> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int vmid : new TreeSet<>(house.pve().vmids())) {
            LabGuestView guest = LabGuestView.of(house, vmid);
            keys.add(guest.key());
            lines.add(guest.line());
            problems.addAll(guest.problems());
        }
        leftovers(house, keys, lines, problems);
        duplicates(house, problems);
        return new LabView(lines, problems);
    }

    /** Rows whose guest is gone: they rest, and nothing of them is on the router. */
    private static void leftovers(LabHouse house, Set<String> keys, List<Line> lines, List<String> problems) {
        for (LabRow row : house.nipap().hosts()) {
            if (!row.source().equals("berth") || keys.contains(row.externalKey())) {
                continue;
            }
            String dhcp = mapping(house, row.address());
            lines.add(new Line("(gone) " + row.node(), "-", "-", row.address() + " " + row.status(), dhcp, "-", "-"));
            if (!row.status().equals("quarantine")) {
                problems.add(row.address() + " is still " + row.status() + ", but its guest is gone");
            }
            if (!dhcp.equals("-")) {
                problems.add(row.address() + " is still mapped, but its guest is gone");
            }
        }
    }

    private static void duplicates(LabHouse house, List<String> problems) {
        Set<String> seen = new HashSet<>();
        for (int vmid : house.pve().vmids()) {
            MachineView machine = house.pve().machine(vmid);
            machine.addresses().values().stream()
                    .filter(address -> machine.up() && !seen.add(address))
                    .forEach(address -> problems.add(address + " is up twice"));
        }
    }

    static String mapping(LabHouse house, String address) {
        return house.router().mappings().stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts[3].equals(address))
                .map(parts -> parts[2].toLowerCase(Locale.ROOT) + " -> " + parts[3])
                .findFirst()
                .orElse("-");
    }

    /** The table that the lab prints. */
    String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("GUEST", "PROXMOX", "CONFIG", "NIPAP", "DHCP", "DNS", "UP WITH"));
        lines.forEach(line -> rows.add(
                List.of(line.guest(), line.status(), line.config(), line.nipap(), line.dhcp(), line.dns(), line.up())));
        int[] widths = new int[7];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.setLength(text.toString().stripTrailing().length());
            text.append('\n');
        }
        return text.toString();
    }
}
