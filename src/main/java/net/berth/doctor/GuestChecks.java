package net.berth.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.proxmox.ProxmoxProbe;

/** Checks which guests are managed, which templates have the hookscript, and whether the networks fit the guests. */
record GuestChecks(List<Network> networks, Policy policy) {
    private static final int MOST_NAMES = 8;
    private static final int MOST_PROBLEMS = 20;

    List<CheckResult> of(ProxmoxProbe.Guests guests) {
        List<CheckResult> results = new ArrayList<>();
        results.add(selected(guests.all()));
        guests.problems().stream()
                .limit(MOST_PROBLEMS)
                .forEach(problem -> results.add(CheckResult.yellow("not read: " + problem)));
        if (guests.problems().size() > MOST_PROBLEMS) {
            results.add(CheckResult.yellow("not read: " + (guests.problems().size() - MOST_PROBLEMS) + " more guests"));
        }
        templates(guests.all()).ifPresent(results::add);
        withoutNetwork(guests.all()).ifPresent(results::add);
        return results;
    }

    private CheckResult selected(List<Guest> guests) {
        List<Guest> real = guests.stream().filter(guest -> !guest.template()).toList();
        List<Guest> ours = real.stream().filter(policy::selects).toList();
        List<Guest> others =
                real.stream().filter(guest -> !policy.selects(guest)).toList();
        String text = ours.size() + " of " + real.size() + " guests are managed";
        if (!ours.isEmpty() || real.isEmpty()) {
            return others.isEmpty()
                    ? CheckResult.green(text)
                    : CheckResult.green(text + "; not managed: " + names(others), attach(others));
        }
        return CheckResult.yellow(text + ": none is selected", attach(others));
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
    private Optional<CheckResult> templates(List<Guest> guests) {
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
                        ? CheckResult.green("all " + templates.size() + " templates have the hookscript")
                        : CheckResult.yellow(
                                "templates without the hookscript, whose clones Berth will not manage: "
                                        + names(without),
                                commands(without)));
    }

    /** Selected guests that have NICs, but none on a network in the settings. */
    private Optional<CheckResult> withoutNetwork(List<Guest> guests) {
        List<Guest> outside = guests.stream()
                .filter(policy::selects)
                .filter(guest -> !guest.nics().isEmpty())
                .filter(guest -> guest.nics().stream()
                        .allMatch(nic -> Network.of(nic, networks).isEmpty()))
                .toList();
        return outside.isEmpty()
                ? Optional.empty()
                : Optional.of(CheckResult.yellow(
                        "on no network in the settings (bridge and VLAN): " + names(outside),
                        "add their bridge and vlan to networks, or remove the hookscript"));
    }

    private static String names(List<Guest> guests) {
        String names = guests.stream()
                .limit(MOST_NAMES)
                .map(guest -> guest.id().vmid() + (guest.name().isEmpty() ? "" : " (" + guest.name() + ")"))
                .collect(Collectors.joining(", "));
        return names + (guests.size() > MOST_NAMES ? " and " + (guests.size() - MOST_NAMES) + " more" : "");
    }
}
