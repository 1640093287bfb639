package net.berth.model.row;

import net.berth.model.IpAddress;
import net.berth.model.ShownText;

/** A host row that Berth creates for a human: without a key, of another source, and so never Berth's afterwards. */
public record HumanRow(IpAddress address, String description) {
    /** The {@code authoritative_source} of such a row: where it was found. */
    public static final String SOURCE = "router";

    /** Bounds the description. */
    public HumanRow {
        description = ShownText.MESSAGE.cut(description);
    }
}
