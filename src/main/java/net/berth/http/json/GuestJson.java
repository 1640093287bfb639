package net.berth.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.plan.view.NicView;
import org.jspecify.annotations.Nullable;

/**
 * A guest in the API. Every key is always present, null where there is no value. Only the guest's changes and failure and
 * its NICs' notes, live addresses, origin and time of claim are left out while they are empty.
 *
 * @param asOf when the systems were read for it
 */
public record GuestJson(
        String id,
        int vmid,
        String type,
        @Nullable String name,
        String node,
        String status,
        String state,
        List<NicJson> nics,
        List<ConflictJson> conflicts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ChangeJson> changes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String failure,
        String asOf) {

    /**
     * All guests.
     *
     * @param asOf when all of them were last compared; a guest's own time can be later
     */
    public record Items(List<GuestJson> items, String asOf) {
        public static Items of(PassReport report) {
            return new Items(report.guests().stream().map(GuestJson::of).toList(), Texts.time(report.asOf()));
        }
    }

    record NicJson(
            String name,
            String mac,
            @Nullable String network,
            @Nullable String address,
            @Nullable String gateway,
            @Nullable String fqdn,
            String ipam,
            String dhcp,
            String dns,
            String guest,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String note,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> live,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String origin,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String claimed) {

        static NicJson of(NicView nic) {
            return new NicJson(
                    nic.name(),
                    nic.mac(),
                    Texts.orNull(nic.binding().network()),
                    Texts.orNull(nic.binding().address()),
                    Texts.orNull(nic.binding().gateway()),
                    Texts.orNull(nic.binding().fqdn()),
                    nic.states().ipam().toString(),
                    nic.states().dhcp().toString(),
                    nic.states().dns().toString(),
                    nic.states().guest().toString(),
                    nic.remarks().note(),
                    nic.remarks().live().stream().map(IpAddress::toString).toList(),
                    nic.binding().origin(),
                    nic.binding().claimed());
        }
    }

    public static GuestJson of(GuestReport report) {
        Guest guest = report.guest();
        return new GuestJson(
                guest.id().toString(),
                guest.id().vmid(),
                guest.id().type().word(),
                Texts.orNull(guest.name()),
                guest.node(),
                guest.status().toString(),
                report.state().toString(),
                report.nics().stream().map(NicJson::of).toList(),
                ConflictJson.of(report.conflicts()),
                ChangeJson.of(report),
                report.failure(),
                Texts.time(report.asOf()));
    }
}
