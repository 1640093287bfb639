package net.berth.plan;

import net.berth.model.AddressWrite;
import net.berth.model.NicId;
import net.berth.model.ShownText;
import net.berth.model.router.RouterChange;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;

/** One wanted change with its reason. They are applied in the order of {@link Stage}, so that a crash between is harmless. */
public sealed interface Change {

    /** Order of writes: intent in NIPAP, then the router, then the guest, then what NIPAP merely notes. */
    enum Stage {
        INTENT,
        ROUTER,
        GUEST,
        NOTE
    }

    /** When it is applied. */
    Stage stage();

    /** The NIC it is for. */
    NicId nic();

    /** Why, in words. */
    String reason();

    /** What, in words. */
    default String what() {
        String words =
                switch (this) {
                    case Claim claim -> "claim " + claim.row.address() + " in NIPAP";
                    case Edit edit -> edit.verb() + " the row " + edit.row.address() + " in NIPAP";
                    case Free free -> "free " + free.row.address() + " in NIPAP";
                    case OnRouter onRouter ->
                        switch (onRouter.change) {
                            case RouterChange.PutMapping put -> "write " + put.wanted();
                            case RouterChange.RemoveMapping remove -> "remove " + remove.old();
                            case RouterChange.PutRecord put -> "write " + put.wanted();
                            case RouterChange.RemoveRecord remove -> "remove " + remove.old();
                        };
                    case WriteGuest guest ->
                        "write " + guest.write.address() + " into the guest's config"
                                + (guest.image ? " and its cloud-init image" : "");
                };
        return ShownText.MESSAGE.cut(words);
    }

    /** Whether it only makes what is missing. */
    default boolean creates() {
        return switch (this) {
            case Claim claim -> true;
            case Edit edit -> edit.adopts || (edit.stage == Stage.NOTE && !edit.edit.givesBack());
            case Free free -> false;
            case OnRouter onRouter ->
                switch (onRouter.change) {
                    case RouterChange.PutMapping put -> put.replaces().isEmpty();
                    case RouterChange.PutRecord put -> put.replaces().isEmpty();
                    case RouterChange.RemoveMapping remove -> false;
                    case RouterChange.RemoveRecord remove -> false;
                };
            case WriteGuest guest -> !guest.replaces;
        };
    }

    /** Whether it takes its address from a NIC. */
    default boolean quarantines() {
        return this instanceof Edit edit
                && edit.edit()
                        .field("status")
                        .filter(RowStatus.QUARANTINE.toString()::equals)
                        .isPresent();
    }

    /** Whether it changes neither status nor MAC of a row that is there. */
    default boolean onlyRenames() {
        return this instanceof Edit edit
                && edit.edit.field("status").isEmpty()
                && edit.row
                        .avp(RowAttributes.MAC)
                        .equals(edit.edit.avps().getOrDefault(RowAttributes.MAC, edit.row.avp(RowAttributes.MAC)));
    }

    /** A row is made for a NIC. */
    record Claim(NewRow row, String reason) implements Change {
        /** Bounds the reason. */
        public Claim {
            reason = ShownText.MESSAGE.cut(reason);
        }

        @Override
        public Stage stage() {
            return Stage.INTENT;
        }

        @Override
        public NicId nic() {
            return row.nic();
        }
    }

    /** A row is changed; a human's row that is adopted becomes Berth's by such an edit. */
    record Edit(NicId nic, AddressRow row, RowEdit edit, Stage stage, boolean adopts, String reason) implements Change {
        /** Bounds the reason. */
        public Edit {
            reason = ShownText.MESSAGE.cut(reason);
        }

        private String verb() {
            if (adopts) {
                return "adopt";
            }
            return edit.givesBack() ? "give back" : "update";
        }
    }

    /** A row of Berth's is removed. */
    record Free(NicId nic, AddressRow row, Stage stage, String reason) implements Change {
        /** Bounds the reason. */
        public Free {
            reason = ShownText.MESSAGE.cut(reason);
        }
    }

    /** The router's config is changed. */
    record OnRouter(NicId nic, RouterChange change, String reason) implements Change {
        /** Bounds the reason. */
        public OnRouter {
            reason = ShownText.MESSAGE.cut(reason);
        }

        @Override
        public Stage stage() {
            return Stage.ROUTER;
        }
    }

    /** An address goes into the guest's config; a running VM's cloud-init image is made anew behind it. */
    record WriteGuest(AddressWrite write, boolean image, boolean replaces, String reason) implements Change {
        /** Bounds the reason. */
        public WriteGuest {
            reason = ShownText.MESSAGE.cut(reason);
        }

        @Override
        public Stage stage() {
            return Stage.GUEST;
        }

        @Override
        public NicId nic() {
            return write.nic();
        }
    }
}
