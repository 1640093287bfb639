package net.berth.edgemax.commit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.engine.port.Router;

/**
 * What a list of changes comes to on one read of the config.
 *
 * @param edits what is sent
 * @param settled the changes that are not sent, by number, each with what to say of it
 */
record ChangePlan(List<ConfigEdit> edits, Map<Integer, Router.Outcome> settled) {
    /** Copies the collections. */
    ChangePlan {
        edits = List.copyOf(edits);
        settled = Map.copyOf(settled);
    }

    /** Everything that is sent, deletes first. */
    List<ConfigCommand> commands() {
        return Stream.concat(
                        edits.stream().flatMap(edit -> edit.deletes().stream()),
                        edits.stream().flatMap(edit -> edit.sets().stream()))
                .toList();
    }

    /** The changes that want this command. */
    Set<Integer> changesOf(ConfigCommand command) {
        return edits.stream()
                .filter(edit -> edit.deletes().contains(command) || edit.sets().contains(command))
                .findFirst()
                .map(ConfigEdit::changes)
                .orElse(Set.of());
    }

    /** The numbers of the changes that still need a line. */
    Set<Integer> wanting() {
        return edits.stream().flatMap(edit -> edit.changes().stream()).collect(Collectors.toSet());
    }

    /** Whether a line of the config is below a node that is edited, or is the empty parent of such a node. */
    boolean touches(ConfigLine line) {
        return edits.stream()
                .map(ConfigEdit::node)
                .anyMatch(node -> line.under(node)
                        || (line.words().size() < node.size()
                                && node.subList(0, line.words().size()).equals(line.words())));
    }

    /** Whether this node is edited. */
    boolean touches(List<String> node) {
        return edits.stream().anyMatch(edit -> edit.node().equals(node));
    }
}
