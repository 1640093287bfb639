package net.berth.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.MachineView;

/** One guest's first NIC in all systems. */
record LabGuestView(
        int vmid,
        String key,
        boolean managed,
        boolean template,
        String name,
        String mac,
        String configured,
        Optional<LabRow> row,
        MachineView machine,
        LabHouse house) {
    private static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");
    private static final Pattern IP = Pattern.compile("(?:^|,)ip=([^,]*)");

    static LabGuestView of(LabHouse house, int vmid) {
        boolean container = !house.pve().config(vmid, "hostname").isEmpty();
        String net = house.pve().config(vmid, "net0");
        String key = "pve:home:" + (container ? "lxc" : "qemu") + ":" + vmid + ":net0";
        return new LabGuestView(
                vmid,
                key,
                !house.pve().config(vmid, "hookscript").isEmpty(),
                house.pve().config(vmid, "template").equals("1"),
                house.pve().config(vmid, container ? "hostname" : "name"),
                first(MAC, net, 0),
                first(IP, container ? net : house.pve().config(vmid, "ipconfig0"), 1),
                house.nipap().hosts().stream()
                        .filter(row -> row.externalKey().equals(key))
                        .filter(row -> !row.status().equals("quarantine"))
                        .findFirst(),
                house.pve().machine(vmid),
                house);
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(group) : "";
    }

    private String address() {
        return row.map(LabRow::address).orElse("");
    }

    private String dns() {
        List<String> addresses = house.router().names().getOrDefault(name + ".home.lan", List.of());
        return addresses.isEmpty() ? "-" : name + ".home.lan -> " + String.join(" ", addresses);
    }

    private String up() {
        return machine.up() ? machine.addresses().getOrDefault("net0", "no address") : "-";
    }

    LabView.Line line() {
        return new LabView.Line(
                vmid + " " + name,
                template ? "template" : machine.up() ? "running" : "stopped",
                configured.isEmpty() ? "-" : configured,
                row.map(found -> found.address() + " " + found.status()).orElse("-"),
                address().isEmpty() ? "-" : LabView.mapping(house, address()),
                managed && !template ? dns() : "-",
                up());
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (template || !managed) {
            row.ifPresent(found -> problems.add(name + " has a row and should have none"));
            return problems;
        }
        if (row.isEmpty()) {
            problems.add(name + " has no row in NIPAP");
            return problems;
        }
        expect(
                problems,
                "the router maps",
                LabView.mapping(house, address()),
                mac.toLowerCase(Locale.ROOT) + " -> " + address());
        expect(problems, "DNS says", dns(), name + ".home.lan -> " + address());
        expect(problems, "NIPAP says", row.get().status(), machine.up() ? "assigned" : "reserved");
        if (!configured.equals("dhcp")) {
            expect(problems, "its config says", configured, address() + "/24");
        }
        if (machine.up()) {
            expect(problems, "it is up with", up(), address());
        }
        return problems;
    }

    private void expect(List<String> problems, String what, String found, String wanted) {
        if (!found.equals(wanted)) {
            problems.add(vmid + " " + name + ": " + what + " \"" + found + "\" instead of \"" + wanted + "\"");
        }
    }
}
