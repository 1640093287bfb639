package net.berth.http.json;

import java.util.List;
import java.util.stream.Stream;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.plan.Conflict;
import org.jspecify.annotations.Nullable;

/** A full pass in the API: as a plan, as a result, and only its conflicts. */
public final class PassJson {
    private PassJson() {}

    /**
     * What a pass would change.
     *
     * @param items the changes, guest by guest, in the order in which they are made; then those of rows whose guest is gone
     * @param pending whether there are changes
     * @param conflicts what Berth cannot decide
     * @param gaps what could not be read, in words; a plan with gaps can lack changes
     */
    record Plan(List<ChangeJson> items, boolean pending, List<ConflictItem> conflicts, List<String> gaps) {}

    /**
     * What a pass did.
     *
     * @param items the guests after the pass
     * @param releases the remaining changes of rows whose guest is gone
     */
    record Pass(List<GuestJson> items, List<ChangeJson> releases, List<ConflictItem> conflicts, List<String> gaps) {}

    /**
     * All conflicts.
     *
     * @param asOf when all guests were last compared
     */
    record Conflicts(List<ConflictItem> items, List<String> gaps, String asOf) {}

    /** A conflict with its guest; {@code guest} and {@code name} are null when it concerns no visible guest. */
    record ConflictItem(
            @Nullable String guest,
            @Nullable String name,
            String code,
            @Nullable String nic,
            String message,
            String fix) {

        private static ConflictItem of(String guest, String name, Conflict conflict) {
            return new ConflictItem(
                    Texts.orNull(guest),
                    Texts.orNull(name),
                    conflict.code().name(),
                    Texts.orNull(conflict.nic()),
                    conflict.message(),
                    conflict.fix());
        }
    }

    public static Plan plan(PassReport report) {
        Stream<ChangeJson> guests = report.guests().stream().flatMap(guest -> ChangeJson.of(guest).stream());
        return new Plan(
                Stream.concat(guests, releases(report)).toList(), report.pending(), conflicts(report), gaps(report));
    }

    /** The plan of one guest. */
    public static Plan plan(GuestReport guest) {
        return plan(new PassReport(List.of(guest), List.of(), List.of(), List.of(), guest.asOf()));
    }

    public static Pass pass(PassReport report) {
        return new Pass(
                report.guests().stream().map(GuestJson::of).toList(),
                releases(report).toList(),
                conflicts(report),
                report.gaps());
    }

    public static Conflicts onlyConflicts(PassReport report) {
        return new Conflicts(conflicts(report), gaps(report), Texts.time(report.asOf()));
    }

    private static Stream<ChangeJson> releases(PassReport report) {
        return report.releases().stream().map(change -> ChangeJson.of(change, ""));
    }

    private static List<ConflictItem> conflicts(PassReport report) {
        Stream<ConflictItem> ofGuests = report.guests().stream().flatMap(guest -> guest.conflicts().stream()
                .map(conflict -> ConflictItem.of(
                        guest.guest().id().toString(), guest.guest().name(), conflict)));
        Stream<ConflictItem> ofNone = report.conflicts().stream().map(conflict -> ConflictItem.of("", "", conflict));
        return Stream.concat(ofGuests, ofNone).toList();
    }

    /** A guest whose state is unknown is also a gap. */
    private static List<String> gaps(PassReport report) {
        Stream<String> failures = report.guests().stream()
                .filter(guest -> !guest.failure().isEmpty())
                .map(guest -> guest.guest().title() + ": " + guest.failure());
        return Stream.concat(report.gaps().stream(), failures).toList();
    }
}
