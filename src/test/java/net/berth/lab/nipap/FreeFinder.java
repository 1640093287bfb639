package net.berth.lab.nipap;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** find_free_prefix: first fit, one statement; whatever is found may be taken by the time it is inserted. */
final class FreeFinder {
    private final PlanTable table;
    private final Pools pools;

    FreeFinder(PlanTable table, Pools pools) {
        this.table = table;
        this.pools = pools;
    }

    List<Cidr> find(int vrf, Object given) {
        if (!(given instanceof Map<?, ?> args)) {
            throw Fault.input("invalid input, please provide dict as args");
        }
        int count = args.get("count") instanceof Integer number ? number : 1;
        Set<Cidr> sources;
        int wanted;
        if (args.containsKey("from-pool")) {
            if (!args.containsKey("family")) {
                throw Fault.missing("'family' must be specified with 'from-pool' mode");
            }
            int family = Integer.parseInt(args.get("family").toString());
            Pools.Pool pool = pools.one((Map<?, ?>) args.get("from-pool"));
            sources = ofPool(pool, family);
            Integer byDefault = family == 4 ? pool.length4() : pool.length6();
            wanted = args.containsKey("prefix_length") ? length(args) : byDefault;
        } else {
            sources = ofPrefixes(args);
            wanted = length(args);
        }
        return free(vrf, sources, wanted, count);
    }

    private Set<Cidr> ofPool(Pools.Pool pool, int family) {
        Set<Cidr> sources = new TreeSet<>();
        pools.members(pool).stream()
                .map(PlanRow::prefix)
                .filter(prefix -> prefix.family() == family)
                .forEach(sources::add);
        if (sources.isEmpty()) {
            throw Fault.input("No prefixes of family " + family + " in pool");
        }
        return sources;
    }

    private static Set<Cidr> ofPrefixes(Map<?, ?> args) {
        if (!(args.get("from-prefix") instanceof List<?> list)) {
            throw Fault.input("from-prefix should be a list");
        }
        if (!args.containsKey("prefix_length")) {
            throw Fault.missing("'prefix_length' must be specified with 'from-prefix'");
        }
        if (args.containsKey("family")) {
            throw Fault.extraneous("'family' is superfluous when in 'from-prefix' mode");
        }
        if (list.isEmpty()) {
            throw Fault.query("syntax error at or near \")\"\n");
        }
        Set<Cidr> sources = new LinkedHashSet<>();
        list.forEach(prefix -> sources.add(Cidr.inet((String) prefix)));
        int width = sources.iterator().next().width();
        if (length(args) < 0 || length(args) > width) {
            throw Fault.value("the specified wanted prefix length argument must be between 0 and " + width + " for "
                    + (width == 32 ? "ipv4" : "ipv6"));
        }
        return reordered(sources);
    }

    private static int length(Map<?, ?> args) {
        return Integer.parseInt(args.get("prefix_length").toString());
    }

    /** The order given is lost in a UNION; which other comes out of it nobody can tell. */
    private static Set<Cidr> reordered(Set<Cidr> sources) {
        List<Cidr> list = new ArrayList<>(sources);
        return new LinkedHashSet<>(list.reversed());
    }

    private List<Cidr> free(int vrf, Set<Cidr> sources, int wanted, int count) {
        List<Cidr> found = new ArrayList<>();
        for (Cidr source : sources) {
            Cidr block = source.masked(source.length());
            if (block.length() > wanted) {
                continue;
            }
            BigInteger step = BigInteger.ONE.shiftLeft(block.width() - wanted);
            for (BigInteger at = block.network(); at.compareTo(block.last()) <= 0; at = at.add(step)) {
                Cidr candidate = new Cidr(at, wanted, block.width());
                if (!isEdge(block, candidate) && isFree(vrf, block, candidate)) {
                    found.add(candidate);
                    if (found.size() == count) {
                        return found;
                    }
                }
            }
        }
        return found;
    }

    /** Network and broadcast address of the block searched, not of the network it lies in. */
    private static boolean isEdge(Cidr block, Cidr candidate) {
        boolean hasEdges = block.length() < block.width() - 1;
        return hasEdges
                && candidate.isHost()
                && (candidate.network().equals(block.network())
                        || candidate.network().equals(block.last()));
    }

    private boolean isFree(int vrf, Cidr block, Cidr candidate) {
        boolean covered = table.parent(vrf, candidate)
                .filter(parent -> block.contains(parent.prefix()))
                .isPresent();
        return !covered
                && table.get(vrf, candidate).isEmpty()
                && table.inside(vrf, candidate).isEmpty();
    }
}
