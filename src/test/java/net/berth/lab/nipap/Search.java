package net.berth.lab.nipap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A condition, and where it says so: what the keys of all its rows begin with. Nobody can tell from an answer that only
 * those rows were looked at, and thousands of rows need not be walked through hundreds of times a second.
 */
record Search(Predicate<PlanRow> where, Optional<List<String>> keyStarts) {

    static Search all(Predicate<PlanRow> where) {
        return new Search(where, Optional.empty());
    }

    Search and(Search other) {
        return new Search(where.and(other.where), keyStarts.or(other::keyStarts));
    }

    Search or(Search other) {
        return new Search(
                where.or(other.where),
                keyStarts.flatMap(mine -> other.keyStarts.map(theirs -> {
                    List<String> both = new ArrayList<>(mine);
                    both.addAll(theirs);
                    return both;
                })));
    }
}
