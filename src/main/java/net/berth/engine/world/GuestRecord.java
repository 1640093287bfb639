package net.berth.engine.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.Seen;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.Nic;
import net.berth.model.router.RouterChange;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Conflict;
import org.jspecify.annotations.Nullable;

/** All that the engine remembers of one guest. Safe for many threads; {@link World#forget} drops it as a whole. */
public final class GuestRecord {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** What two answers of Proxmox lack that are so far apart is not there. */
    public static final Duration TWICE = Duration.ofSeconds(10);

    private final GuestId id;
    private final Map<Peer, List<Conflict>> refused = new ConcurrentHashMap<>();
    private volatile @Nullable Refusal refusal;
    private volatile Pace pace = Pace.CALM_GUEST;
    private volatile @Nullable Guest config;
    private volatile @Nullable Rows rows;
    private volatile @Nullable GuestReport report;
    private volatile @Nullable LiveAnswer live;
    private volatile @Nullable LastState lastState;
    private volatile @Nullable Lack lack;
    private volatile boolean firstStart;
    private volatile String doubt = "";
    private volatile String failure = "";

    // Written by GuestLists only, under its lock.
    private volatile @Nullable Seen<Inventory.Entry> entry;
    private volatile Inventory.@Nullable Entry examined;
    private volatile int absences;
    private volatile boolean appeared;
    private volatile boolean moved;

    /**
     * An answer of Proxmox that lacks something of the guest.
     *
     * @param since when the first such answer had arrived
     */
    private record Lack(String name, List<Nic> nics, Instant since) {}

    /**
     * The guest's rows.
     *
     * @param since see {@link #rowsSince}
     */
    private record Rows(List<AddressRow> all, Instant since) {
        static Rows first(List<AddressRow> read, Instant at) {
            return new Rows(List.copyOf(read), asked(read).isEmpty() ? Instant.MIN : at);
        }

        /** The rows after another read. Equal rows keep their objects. */
        Rows after(List<AddressRow> read, Instant readAt) {
            if (all.equals(read)) {
                return this;
            }
            return new Rows(List.copyOf(read), asked(all).equals(asked(read)) ? since : readAt);
        }

        /** What rows ask of the router: a mapping for an address, for which MAC and under which names. */
        private static Set<List<String>> asked(List<AddressRow> rows) {
            return rows.stream()
                    .filter(row -> !row.quarantined())
                    .map(row -> List.of(
                            Long.toString(row.id()),
                            row.address().toString(),
                            row.externalKey(),
                            row.description(),
                            row.avp(RowAttributes.MAC),
                            row.avp(RowAttributes.MAPPING)))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * What a running guest's agent or host said of the addresses in use.
     *
     * @param uptime the guest's uptime at that time
     * @param addresses the addresses; empty when there was no answer
     */
    public record LiveAnswer(Duration uptime, List<LiveAddress> addresses) {

        /** Copies the list. */
        public LiveAnswer {
            addresses = List.copyOf(addresses);
        }

        /** Whether the guest has not been restarted since: after a restart it may have another address. */
        public boolean isOfThisStart(Guest guest) {
            return guest.running() && guest.uptime().compareTo(uptime) >= 0;
        }
    }

    /**
     * The state in which a guest was last reported as an event.
     *
     * @param self the guest's name and NICs, as one text: what an operator changes on purpose
     * @param settled whether all systems held what they should
     */
    public record LastState(String self, boolean settled, List<String> addresses, List<Conflict> conflicts) {}

    GuestRecord(GuestId id) {
        this.id = id;
    }

    /** Which guest. */
    public GuestId id() {
        return id;
    }

    /** The guest's entry in the last list that showed it. */
    public Optional<Seen<Inventory.Entry>> entry() {
        return Optional.ofNullable(entry);
    }

    /** How many complete lists in a row lacked the guest. */
    public int absences() {
        return absences;
    }

    /** Whether the guest was created while this receiver was running and was not seen running since. */
    public boolean appeared() {
        return appeared;
    }

    /** The guest has run: {@link #appeared} is false from now on. */
    public void ran() {
        appeared = false;
    }

    /** The guest with its config as last read. */
    public Optional<Guest> config() {
        return Optional.ofNullable(config);
    }

    /** Notes a config that was read. An equal one keeps the object that is there. */
    public void read(Guest guest) {
        config = config().filter(guest::equals).orElse(guest);
    }

    /**
     * Notes whether an answer of Proxmox lacks something of the guest.
     *
     * @param whole the guest with what the answer lacks
     * @param now when the answer had arrived
     * @return whether the answer counts: it lacks nothing, or an earlier one lacked it too
     */
    public synchronized boolean counts(Guest answer, Guest whole, Instant began, Instant now) {
        Lack before = lack;
        if (answer.equals(whole)) {
            lack = null;
        } else if (before == null
                || !before.name().equals(answer.name())
                || !before.nics().equals(answer.nics())) {
            lack = new Lack(answer.name(), answer.nics(), now);
        }
        return untilSure(began).isZero();
    }

    /** In how long a guest that was read then must be read again, as something was missing; zero when there is no need. */
    public Duration untilSure(Instant began) {
        return Optional.ofNullable(lack)
                .map(missing -> Duration.between(began, missing.since().plus(TWICE)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** The guest's rows as last read or written. */
    public Optional<List<AddressRow>> rows() {
        return Optional.ofNullable(rows).map(Rows::all);
    }

    /** Whether the guest has rows, as last read or written. */
    public boolean hasRows() {
        return rows().filter(all -> !all.isEmpty()).isPresent();
    }

    /**
     * When the rows were first seen to ask of the router what they ask now: an older view of the router may not show it.
     * {@link Instant#MIN} where they ask for nothing.
     */
    public Instant rowsSince() {
        return Optional.ofNullable(rows).map(Rows::since).orElse(Instant.MIN);
    }

    /** Notes rows that were read. */
    public synchronized void rowsRead(List<AddressRow> read, Instant at) {
        Rows known = rows;
        rows = known == null ? Rows.first(read, at) : known.after(read, at);
    }

    /** Notes a row of this guest that this receiver has written; none for one that it deleted. */
    synchronized void rowWritten(long rowId, List<AddressRow> after, Instant at) {
        List<AddressRow> changed = new ArrayList<>(rows().orElse(List.of()));
        changed.removeIf(other -> other.id() == rowId);
        changed.addAll(after);
        rowsRead(changed, at);
    }

    /** The last report. */
    public Optional<GuestReport> report() {
        return Optional.ofNullable(report);
    }

    /** Notes a report that was made. */
    public void reported(GuestReport made) {
        report = made;
    }

    /** What the systems refused for this guest last. */
    public List<Conflict> refused() {
        return Arrays.stream(Peer.values())
                .flatMap(peer -> refused.getOrDefault(peer, List.of()).stream())
                .toList();
    }

    /** Notes what a system refused; an empty list deletes what was noted for it. */
    public void refused(Peer peer, List<Conflict> conflicts) {
        if (conflicts.isEmpty()) {
            refused.remove(peer);
        } else {
            refused.put(peer, List.copyOf(conflicts));
        }
    }

    /** What the router refused last; empty once it took all. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Notes which changes the router refused, or that it refused none. */
    public void routerRefused(List<RouterChange> changes, List<Conflict> conflicts, Instant now) {
        refusal = changes.isEmpty() ? null : Refusal.of(changes, conflicts, now, refusal());
    }

    /** How long what the router refused is not sent again; a moment when that is over. */
    public Duration refusedFor(Instant now) {
        return refusal()
                .map(found -> found.left(now))
                .filter(Duration::isPositive)
                .orElse(SOON);
    }

    /** Notes that the guest's rows were changed because its name or NICs changed; answers how often that was lately. */
    public synchronized Pace changed(Instant now) {
        pace = pace.changed(now);
        return pace;
    }

    /** How long the guest's next such change waits; zero when it does not. */
    public Duration changesWait(Instant now) {
        return pace.left(now);
    }

    /** What the guest last said of its own addresses. */
    public Optional<LiveAnswer> live() {
        return Optional.ofNullable(live);
    }

    /** The addresses that the guest said it has since its start; empty while nothing is known. */
    public List<LiveAddress> liveAddresses(Guest guest) {
        return live().filter(answer -> answer.isOfThisStart(guest))
                .map(LiveAnswer::addresses)
                .orElse(List.of());
    }

    /** The addresses of its NICs by what it said since its start. */
    Stream<IpAddress> usedAddresses(Guest guest) {
        return liveAddresses(guest).stream()
                .filter(each -> guest.nics().stream().anyMatch(nic -> nic.mac().equals(each.mac())))
                .map(LiveAddress::address);
    }

    /** Notes what the guest said of its own addresses. */
    public void live(LiveAnswer answer) {
        live = answer;
    }

    /** Whether the start that goes on now was found to be the guest's first one. */
    public boolean firstStart() {
        return firstStart;
    }

    /** Notes whether the start that goes on now is the guest's first one. */
    public void firstStart(boolean first) {
        firstStart = first;
    }

    /** Why a guest that is in no list is not taken for deleted; empty when nothing speaks against it. */
    public String doubt() {
        return doubt;
    }

    /** Notes why the guest is not taken for deleted. */
    public void doubt(String why) {
        doubt = why;
    }

    /** Why the last run for this guest failed; empty when it did not. */
    public String failure() {
        return failure;
    }

    /** Notes why the last run failed. */
    public void failure(String why) {
        failure = why;
    }

    /** The state that was last reported as an event. */
    public Optional<LastState> lastState() {
        return Optional.ofNullable(lastState);
    }

    /** Notes the state that was reported as an event. */
    public void lastState(LastState state) {
        lastState = state;
    }

    /** Proxmox shows no such guest: what was said of it does not hold for a later one with its VMID. */
    public void gone() {
        report = null;
        lastState = null;
        refused.clear();
        refusal = null;
        failure = "";
    }

    /** Whether an event came from another node than the last list showed. */
    boolean moved() {
        return moved;
    }

    void heardFrom(String node) {
        entry().filter(seen -> !seen.value().node().equals(node)).ifPresent(elsewhere -> moved = true);
    }

    void listed(Inventory.Entry seen, Instant at, boolean isNew) {
        // A backup's lock makes a stopped guest look as if it ran.
        boolean runs = seen.status() == GuestStatus.RUNNING && seen.lock().isEmpty();
        appeared = (isNew || appeared) && !runs;
        entry = new Seen<>(entry().map(Seen::value).filter(seen::equals).orElse(seen), at);
        moved = false;
        absences = 0;
    }

    synchronized void absent() {
        absences++;
    }

    /** Notes the entry for which the guest is examined; answers whether it differs from the one before. */
    boolean examine(Inventory.Entry seen) {
        Inventory.Entry before = examined;
        examined = seen;
        return before == null || !before.isLike(seen);
    }

    void examineAgain() {
        examined = null;
    }
}
