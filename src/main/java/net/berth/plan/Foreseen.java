package net.berth.plan;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.HostRow;
import net.berth.model.NewRow;

/** NIPAP's rows as they would be after a plan, so that the next guest's plan does not choose the same address or name. */
public final class Foreseen {
    private Foreseen() {}

    /** The rows with the plan's claims added. */
    public static List<HostRow> rows(List<HostRow> rows, GuestPlan plan) {
        List<HostRow> after = new ArrayList<>(rows);
        for (Change change : plan.changes(Change.Stage.INTENT)) {
            switch (change) {
                case Change.Claim claim -> after.add(row(claim.row(), Long.MAX_VALUE - rows.size()));
                case Change.Edit edit ->
                    after.replaceAll(row -> row.id() == edit.row().id() ? edited(edit) : row);
                case Change.Free free ->
                    after.removeIf(row -> row.id() == free.row().id());
                case Change.OnRouter other -> {}
                case Change.WriteGuest other -> {}
            }
        }
        return after;
    }

    // Younger than every real row, and each younger than the one before: ids only tell who was first.
    private static HostRow row(NewRow claim, long id) {
        return new HostRow(
                id,
                claim.address(),
                HostRow.SOURCE,
                claim.nic().externalKey(),
                claim.node(),
                claim.description(),
                claim.status(),
                List.of(),
                claim.avps());
    }

    private static HostRow edited(Change.Edit change) {
        HostRow row = change.row();
        return new HostRow(
                row.id(),
                row.address(),
                change.edit().field("authoritative_source").orElse(row.source()),
                change.edit().field("external_key").orElse(row.externalKey()),
                change.edit().field("node").orElse(row.node()),
                change.edit().field("description").orElse(row.description()),
                row.status(),
                row.tags(),
                row.avps());
    }
}
