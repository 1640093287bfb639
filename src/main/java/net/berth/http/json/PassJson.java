package net.berth.http.json;

import java.util.List;
import java.util.stream.Stream;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.PassReport;
import net.berth.plan.Change;
import net.berth.plan.Conflict;

/** A full pass in the API: as a plan, as a result, and only its conflicts; a release; an import. */
public final class PassJson {
    private PassJson() {}

    /** What a pass would change, guest by guest, in the order of the writes; then the changes of rows whose guest is gone. */
    public static Fields plan(PassReport report) {
        Stream<Fields> guests = report.guests().stream().flatMap(guest -> GuestJson.changes(guest).stream());
        Stream<Fields> gone = report.releases().stream().map(PassJson::release);
        return new Fields()
                .with("items", Stream.concat(guests, gone).toList())
                .with("pending", report.pending())
                .with("conflicts", conflicts(report))
                .with("gaps", gaps(report));
    }

    /** The plan of one guest. */
    public static Fields plan(GuestReport guest) {
        return plan(new PassReport(List.of(guest), List.of(), List.of(), List.of(), guest.asOf()));
    }

    /** The guests after a pass, and the remaining changes of rows whose guest is gone. */
    public static Fields pass(PassReport report) {
        return new Fields()
                .each("items", report.guests(), GuestJson::of)
                .each("releases", report.releases(), PassJson::release)
                .with("conflicts", conflicts(report))
                .with("gaps", report.gaps());
    }

    public static Fields onlyConflicts(PassReport report) {
        return new Fields()
                .with("items", conflicts(report))
                .with("gaps", gaps(report))
                .time("asOf", report.asOf());
    }

    /** Changes of a release that were made, or that a dry run would make. */
    public static Fields released(List<Change> changes) {
        return new Fields().each("items", changes, PassJson::release);
    }

    private static Fields release(Change change) {
        return GuestJson.change(change, "");
    }

    /** Mappings of the router that belong to no guest and had no row; pending while rows are still to be created. */
    public static Fields imported(ImportReport report) {
        return new Fields().each("items", report.items(), PassJson::mapping).with("pending", report.left() > 0);
    }

    private static Fields mapping(ImportReport.Item item) {
        return new Fields()
                .with("network", item.network())
                .with("address", item.row().address())
                .with("mac", item.mapping().macText())
                .with("name", item.mapping().name())
                .with("description", item.row().description())
                .with("done", item.done());
    }

    /** Conflicts with their guests; guest and name are null for one that concerns no visible guest. */
    private static List<Fields> conflicts(PassReport report) {
        Stream<Fields> ofGuests = report.guests().stream().flatMap(guest -> guest.conflicts().stream()
                .map(one ->
                        conflict(guest.guest().id().toString(), guest.guest().name(), one)));
        Stream<Fields> ofNone = report.conflicts().stream().map(one -> conflict("", "", one));
        return Stream.concat(ofGuests, ofNone).toList();
    }

    private static Fields conflict(String guest, String name, Conflict conflict) {
        return GuestJson.conflict(new Fields().orNull("guest", guest).orNull("name", name), conflict);
    }

    /** What could not be read, so that changes can be missing; a guest whose state is unknown is also a gap. */
    private static List<String> gaps(PassReport report) {
        Stream<String> failures = report.guests().stream()
                .filter(guest -> !guest.failure().isEmpty())
                .map(guest -> guest.guest().title() + ": " + guest.failure());
        return Stream.concat(report.gaps().stream(), failures).toList();
    }
}
