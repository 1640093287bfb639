package net.berth.inmemory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.berth.engine.port.Router.Outcome;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import org.jspecify.annotations.Nullable;

/** What a batch of changes makes of a router's config: edits of nodes, and changes that something is in the way of. */
public final class RouterEdits {
    private final RouterView view;
    private final List<RouterChange> changes;
    private final Map<String, Object> before = new LinkedHashMap<>();
    private final Map<String, Object> planned = new LinkedHashMap<>();
    private final Map<Integer, Outcome> settled = new TreeMap<>();

    public RouterEdits(RouterView view, List<RouterChange> changes) {
        this.view = view;
        this.changes = changes;
        entries(view).forEach(entry -> before.put(RouterConfig.node(entry), entry));
        int settledBefore;
        do {
            settledBefore = settled.size();
            draw();
        } while (settled.size() > settledBefore);
    }

    /** One node, and what is there afterwards; nothing if it goes. */
    public record Edit(String node, @Nullable Object after) {}

    private static Stream<Object> entries(RouterView view) {
        return Stream.concat(view.mappings().stream(), view.records().stream());
    }

    private void draw() {
        planned.clear();
        planned.putAll(before);
        open().forEach(number -> old(changes.get(number)).forEach(entry -> take(number, entry)));
        open().forEach(number -> wanted(changes.get(number)).ifPresent(entry -> put(number, entry)));
    }

    private List<Integer> open() {
        return IntStream.range(0, changes.size())
                .filter(number -> !settled.containsKey(number))
                .boxed()
                .toList();
    }

    /** The entries that a change takes away. */
    public static List<? extends Object> old(RouterChange change) {
        return switch (change) {
            case RouterChange.PutMapping put -> put.replaces();
            case RouterChange.PutRecord put -> put.replaces();
            case RouterChange.RemoveMapping remove -> List.of(remove.old());
            case RouterChange.RemoveRecord remove -> List.of(remove.old());
        };
    }

    private static Optional<Object> wanted(RouterChange change) {
        return switch (change) {
            case RouterChange.PutMapping put -> Optional.of(put.wanted());
            case RouterChange.PutRecord put -> Optional.of(put.wanted());
            case RouterChange.RemoveMapping remove -> Optional.empty();
            case RouterChange.RemoveRecord remove -> Optional.empty();
        };
    }

    private void take(int number, Object entry) {
        Object now = before.get(RouterConfig.node(entry));
        if (entry instanceof DnsRecord record && record.kind() == DnsRecord.Kind.OPTION) {
            settled.put(number, new Outcome.Stale("Berth removes no option: " + entry));
        } else if (now != null
                && !now.equals(entry)
                && changes.stream().map(RouterEdits::wanted).noneMatch(Optional.of(now)::equals)) {
            settled.put(number, new Outcome.Stale(entry + " now reads: " + now));
        }
        planned.values().remove(entry);
    }

    private void put(int number, Object wanted) {
        Optional<Outcome> fault = wanted instanceof Mapping mapping ? fault(mapping) : fault((DnsRecord) wanted);
        fault.or(() -> planned.values().stream()
                        .filter(other -> !other.equals(wanted) && clash(wanted, other))
                        .<Outcome>map(other -> new Outcome.Stale("in the way: " + other))
                        .findFirst())
                .ifPresentOrElse(
                        outcome -> settled.put(number, outcome), () -> planned.put(RouterConfig.node(wanted), wanted));
    }

    private Optional<Outcome> fault(Mapping wanted) {
        Optional<DhcpSubnet> subnet = RouterConfig.subnet(view.subnets(), wanted);
        if (!Mapping.isName(wanted.name())
                || wanted.mac().isEmpty()
                || !subnet.map(DhcpSubnet::prefix)
                        .map(prefix -> wanted.address().filter(prefix::isHost).isPresent())
                        .orElse(true)) {
            return Optional.of(new Outcome.Refused("no mapping for the router: " + wanted));
        }
        boolean off = before.get(RouterConfig.node(wanted)) instanceof Mapping now && now.disabled();
        return subnet.isEmpty() || off
                ? Optional.of(new Outcome.Stale("no subnet, or switched off: " + wanted))
                : Optional.empty();
    }

    private static Optional<Outcome> fault(DnsRecord wanted) {
        boolean good = wanted.kind() == DnsRecord.Kind.HOST_MAPPING
                && wanted.name().matches("[a-zA-Z0-9][-.a-zA-Z0-9]*[a-zA-Z0-9]")
                && !wanted.addresses().isEmpty();
        return good ? Optional.empty() : Optional.of(new Outcome.Refused("no host name for the router: " + wanted));
    }

    /** Two mappings with one address stop dnsmasq, two with one name stop dhcpd, and two names with one text answer both. */
    private boolean clash(Object one, Object other) {
        if (one instanceof Mapping left && other instanceof Mapping right) {
            return left.addressText().equals(right.addressText())
                    || left.macText().equalsIgnoreCase(right.macText())
                    || left.name().equalsIgnoreCase(right.name());
        }
        if (one instanceof DnsRecord left && other instanceof DnsRecord right) {
            return Stream.concat(Stream.of(left.name()), left.aliases().stream())
                    .anyMatch(right::answersTo);
        }
        return one instanceof Mapping mapping
                ? contradicts(
                        (DnsRecord) other,
                        mapping,
                        name -> ((DnsRecord) other).answersTo(name)
                                && ((DnsRecord) other).ipv4().findAny().isPresent())
                : contradicts((DnsRecord) one, (Mapping) other, ((DnsRecord) one)::named);
    }

    /** Whether dnsmasq makes a name of the mapping that a record has without the mapping's address. */
    private boolean contradicts(DnsRecord record, Mapping mapping, Predicate<String> has) {
        return !record.addresses().contains(mapping.addressText())
                && RouterConfig.madeName(view.subnets(), mapping).filter(has).isPresent();
    }

    /** What goes, then the mappings that come or change, then the names. */
    public List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        before.keySet().stream()
                .filter(node -> !planned.containsKey(node))
                .forEach(node -> edits.add(new Edit(node, null)));
        Stream.of(Mapping.class, DnsRecord.class)
                .flatMap(kind -> planned.values().stream().filter(kind::isInstance))
                .filter(entry -> !entry.equals(before.get(RouterConfig.node(entry))))
                .forEach(entry -> edits.add(new Edit(RouterConfig.node(entry), entry)));
        return edits;
    }

    /** What becomes of each change: what was settled here, else what a caller finds. */
    public List<Outcome> outcomes(Function<RouterChange, Outcome> otherwise) {
        return IntStream.range(0, changes.size())
                .mapToObj(number ->
                        Optional.ofNullable(settled.get(number)).orElseGet(() -> otherwise.apply(changes.get(number))))
                .toList();
    }

    /** What became of each change, by a view after the commit. */
    public List<Outcome> outcomes(RouterView after) {
        RouterEdits left = new RouterEdits(after, changes);
        left.settled.putAll(settled);
        List<Object> there = entries(after).toList();
        return left.outcomes(change -> wanted(change).map(there::contains).orElseGet(() -> old(change).stream()
                        .noneMatch(there::contains))
                ? new Outcome.Done()
                : new Outcome.Later("the commit was cut short"));
    }
}
