package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.config.LineGrammar;
import net.berth.edgemax.config.Nodes;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;

/**
 * Pure: what takes the lines of a plan back. Config sessions do not see each other, so others may have changed the same
 * entries between the read and Berth's commit: what they put there stays, and an old entry that would clash with it is
 * not put back.
 */
final class TakeBack {
    private final ActiveConfig before;
    private final ActiveConfig after;
    private final PlannedConfig others;

    private TakeBack(ChangePlan plan, ActiveConfig before, ActiveConfig after) {
        this.before = before;
        this.after = after;
        others = PlannedConfig.ofNew(plan, before, after);
    }

    /**
     * The commands, in order.
     *
     * @param plan what was sent
     * @param before the config that it was made on
     * @param after the config as it is now
     */
    static List<ConfigCommand> of(ChangePlan plan, ActiveConfig before, ActiveConfig after) {
        TakeBack all = new TakeBack(plan, before, after);
        return plan.edits().stream().flatMap(edit -> all.of(edit).stream()).toList();
    }

    private List<ConfigCommand> of(ConfigEdit edit) {
        return Nodes.isMapping(edit.node()) ? mapping(edit) : record(edit);
    }

    private List<ConfigCommand> mapping(ConfigEdit edit) {
        List<ConfigLine> now = after.under(edit.node());
        boolean gone = edit.sets().isEmpty() && edit.deletes().contains(ConfigCommand.delete(edit.node()));
        boolean overwritten = gone ? !now.isEmpty() : !paths(now).containsAll(sent(edit));
        Optional<Mapping> old = before.mappingAt(edit.node());
        if (isRemnant(edit) || old.flatMap(others::obstacle).isPresent()) {
            return now.isEmpty() ? List.of() : List.of(ConfigCommand.delete(edit.node()));
        }
        return overwritten ? List.of() : edit.undo();
    }

    /** Where somebody else removed the entry, only the values are left that Berth gave it. */
    private boolean isRemnant(ConfigEdit edit) {
        return after.mappingAt(edit.node())
                .filter(mapping -> mapping.address().isEmpty() || mapping.mac().isEmpty())
                .isPresent();
    }

    /** A name may have several values, so those of others stand among Berth's. */
    private List<ConfigCommand> record(ConfigEdit edit) {
        List<ConfigLine> now = after.under(edit.node());
        List<ConfigLine> printed = before.under(edit.node());
        Set<List<String>> known = new HashSet<>(paths(printed));
        known.addAll(sent(edit));
        List<ConfigLine> theirs =
                now.stream().filter(line -> !known.contains(line.words())).toList();
        if (now.stream().anyMatch(line -> !LineGrammar.canSet(line.words()))) {
            // Only the whole name can be taken back, and with it would go what Berth cannot write again.
            return List.of();
        }
        if (theirs.isEmpty() && isRemoved(edit, printed, now)) {
            return now.isEmpty() ? List.of() : List.of(ConfigCommand.delete(edit.node()));
        }
        Optional<DnsRecord> old = before.hostMapping(edit.node().getLast());
        boolean clashes =
                old.flatMap(others::obstacle).isPresent() || theirs.stream().anyMatch(TakeBack::isAddress);
        if (theirs.isEmpty() && !clashes) {
            return edit.undo();
        }
        List<ConfigCommand> commands = new ArrayList<>();
        if (!now.isEmpty()) {
            commands.add(ConfigCommand.delete(edit.node()));
        }
        Stream.concat(clashes ? Stream.of() : printed.stream(), theirs.stream())
                .forEach(line -> commands.add(ConfigCommand.set(line.words())));
        return commands;
    }

    /** Whether somebody else removed the name: of what Berth sent only that is left which the old one did not have. */
    private static boolean isRemoved(ConfigEdit edit, List<ConfigLine> printed, List<ConfigLine> now) {
        return !now.equals(printed) && !paths(now).containsAll(sent(edit));
    }

    /** IPv6 addresses of others stand well beside an old entry; a second IPv4 address would be answered too. */
    private static boolean isAddress(ConfigLine line) {
        return IpAddress.isAddress(line.words().getLast());
    }

    private static List<List<String>> sent(ConfigEdit edit) {
        return edit.sets().stream().map(ConfigCommand::path).toList();
    }

    private static List<List<String>> paths(List<ConfigLine> lines) {
        return lines.stream().map(ConfigLine::words).toList();
    }
}
