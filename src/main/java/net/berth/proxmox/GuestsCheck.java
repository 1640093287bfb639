package net.berth.proxmox;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.berth.engine.SideBySide;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;
import net.berth.proxmox.text.GuestConfig;

/** Which guests are Berth's, which templates pass the hookscript on, and whether the networks fit the guests. */
record GuestsCheck(PveApi api, String cluster, List<Network> networks, Policy policy) implements Check {
    private static final int MOST_NAMES = 8;

    @Override
    public String name() {
        return "guests";
    }

    /** One call for each guest. */
    @Override
    public Duration deadline() {
        return Duration.ofSeconds(90);
    }

    @Override
    public List<Finding> look() {
        List<Inventory.Entry> entries = new InventoryReader(api, cluster).read().guests();
        List<String> unread = new ArrayList<>();
        List<Guest> guests = new ArrayList<>();
        SideBySide.map(entries, this::read).forEach(read -> {
            guests.addAll(read.guest());
            if (!read.problem().isEmpty()) {
                unread.add(read.problem());
            }
        });
        List<Finding> findings = new ArrayList<>();
        unread.forEach(problem -> findings.add(Finding.yellow("not read: " + problem)));
        findings.addFirst(selected(guests));
        templates(guests).ifPresent(findings::add);
        strangers(guests).ifPresent(findings::add);
        return findings;
    }

    private record Read(List<Guest> guest, String problem) {}

    private Read read(Inventory.Entry entry) {
        try {
            GuestConfig config = api.config(entry.node(), entry.id());
            Guest guest = GuestReader.guest(entry.id(), entry.node(), config, MissingNode.getInstance());
            return new Read(List.of(guest), "");
        } catch (PveException e) {
            return new Read(List.of(), e.error() instanceof PveError.NoSuchConfig ? "" : e.explanation());
        } catch (PeerException e) {
            return new Read(List.of(), String.valueOf(e.getMessage()));
        }
    }

    private Finding selected(List<Guest> guests) {
        List<Guest> real = guests.stream().filter(guest -> !guest.template()).toList();
        List<Guest> ours = real.stream().filter(policy::selects).toList();
        List<Guest> others =
                real.stream().filter(guest -> !policy.selects(guest)).toList();
        String text = ours.size() + " of " + real.size() + " guests are looked after";
        if (!ours.isEmpty() || real.isEmpty()) {
            return others.isEmpty()
                    ? Finding.green(text)
                    : Finding.green(text + "; not: " + names(others), attach(others));
        }
        return Finding.yellow(text + ": none is selected", attach(others));
    }

    private String[] attach(List<Guest> guests) {
        return switch (policy.select()) {
            case HOOK -> commands(guests);
            case TAG -> new String[] {"give them the tag " + policy.tag() + " in Proxmox"};
            case ALL -> new String[0];
        };
    }

    private static String[] commands(List<Guest> guests) {
        return guests.stream()
                .limit(MOST_NAMES)
                .map(guest -> (guest.id().type() == GuestType.QEMU ? "qm" : "pct") + " set "
                        + guest.id().vmid() + " --hookscript local:snippets/berth-hook")
                .toArray(String[]::new);
    }

    /** A clone inherits the hookscript of its template. */
    private Optional<Finding> templates(List<Guest> guests) {
        if (policy.select() != Policy.Select.HOOK) {
            return Optional.empty();
        }
        List<Guest> templates = guests.stream().filter(Guest::template).toList();
        List<Guest> without = templates.stream()
                .filter(template -> !Policy.isBerthHook(template.hookscript()))
                .toList();
        if (templates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                without.isEmpty()
                        ? Finding.green("all " + templates.size() + " templates have the hookscript")
                        : Finding.yellow(
                                "templates without the hookscript, whose clones Berth will not see: " + names(without),
                                commands(without)));
    }

    /** Selected guests of whose NICs none is on a configured network. */
    private Optional<Finding> strangers(List<Guest> guests) {
        List<Guest> strangers = guests.stream()
                .filter(policy::selects)
                .filter(guest -> !guest.nics().isEmpty())
                .filter(guest -> guest.nics().stream()
                        .allMatch(nic -> Network.of(nic, networks).isEmpty()))
                .toList();
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.yellow(
                        "on no configured network (bridge and VLAN): " + names(strangers),
                        "add their bridge and vlan to networks, or take the hookscript off"));
    }

    private static String names(List<Guest> guests) {
        String names = guests.stream()
                .limit(MOST_NAMES)
                .map(guest -> guest.id().vmid() + (guest.name().isEmpty() ? "" : " (" + guest.name() + ")"))
                .collect(Collectors.joining(", "));
        return names + (guests.size() > MOST_NAMES ? " and " + (guests.size() - MOST_NAMES) + " more" : "");
    }
}
