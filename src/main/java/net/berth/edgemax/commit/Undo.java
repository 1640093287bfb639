package net.berth.edgemax.commit;

import java.util.List;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.config.Nodes;

/**
 * Pure: what takes the lines of a plan back. A node that reads neither as before nor as sent was edited by a person at the
 * same moment and is left as it is.
 */
final class Undo {
    private Undo() {}

    /**
     * The commands, in order.
     *
     * @param plan what was sent
     * @param before the config that it was made on
     * @param after the config as it is now
     */
    static List<ConfigCommand> of(ChangePlan plan, ActiveConfig before, ActiveConfig after) {
        return plan.edits().stream()
                .filter(edit -> isAsSent(edit, before, after))
                .flatMap(edit -> commands(plan, edit, before, after).stream())
                .toList();
    }

    private static boolean isAsSent(ConfigEdit edit, ActiveConfig before, ActiveConfig after) {
        List<List<String>> now =
                after.under(edit.node()).stream().map(ConfigLine::words).toList();
        List<List<String>> old =
                before.under(edit.node()).stream().map(ConfigLine::words).toList();
        return !now.equals(old)
                && edit.sets().stream().map(ConfigCommand::path).allMatch(now::contains)
                && (!edit.deletes().contains(ConfigCommand.delete(edit.node()))
                        || edit.sets().size() == now.size());
    }

    /** The router's DHCP server would not start with an old mapping beside a new one of a person with its address. */
    private static List<ConfigCommand> commands(
            ChangePlan plan, ConfigEdit edit, ActiveConfig before, ActiveConfig after) {
        boolean clashes = Nodes.isMapping(edit.node())
                && before.mappingAt(edit.node()).stream()
                        .flatMap(old -> after.mappings().stream()
                                .filter(now -> now.addressText().equals(old.addressText())))
                        .anyMatch(now -> !plan.touches(Nodes.of(now)));
        if (!clashes) {
            return edit.undo();
        }
        return after.under(edit.node()).isEmpty() ? List.of() : List.of(ConfigCommand.delete(edit.node()));
    }
}
