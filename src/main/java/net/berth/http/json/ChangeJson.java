package net.berth.http.json;

import java.util.List;
import java.util.Locale;
import net.berth.engine.report.GuestReport;
import net.berth.model.router.RouterChange;
import net.berth.plan.Change;
import org.jspecify.annotations.Nullable;

/**
 * A change in the API.
 *
 * @param guest whose, such as {@code home/qemu/101}
 * @param name the guest's name; null when it has none or is gone
 * @param nic which NIC
 * @param system where: {@code ipam}, {@code dhcp}, {@code dns} or {@code guest}, as in a NIC's state
 * @param stage when: {@code intent}, {@code router}, {@code guest}, {@code note}, in this order
 * @param action what
 * @param reason why
 */
public record ChangeJson(
        String guest, @Nullable String name, String nic, String system, String stage, String action, String reason) {

    static List<ChangeJson> of(GuestReport report) {
        return report.changes().stream()
                .map(change -> of(change, report.guest().name()))
                .toList();
    }

    public static ChangeJson of(Change change, String name) {
        return new ChangeJson(
                change.nic().guest().toString(),
                Texts.orNull(name),
                change.nic().name(),
                system(change),
                change.stage().name().toLowerCase(Locale.ROOT),
                change.what(),
                change.reason());
    }

    private static String system(Change change) {
        return switch (change) {
            case Change.Claim claim -> "ipam";
            case Change.Edit edit -> "ipam";
            case Change.Free free -> "ipam";
            case Change.WriteGuest write -> "guest";
            case Change.OnRouter onRouter ->
                switch (onRouter.change()) {
                    case RouterChange.PutMapping put -> "dhcp";
                    case RouterChange.RemoveMapping remove -> "dhcp";
                    case RouterChange.PutRecord put -> "dns";
                    case RouterChange.RemoveRecord remove -> "dns";
                };
        };
    }
}
