package net.berth.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.berth.engine.Berth;
import net.berth.engine.HookAnswer;
import net.berth.engine.HookEvent;
import net.berth.engine.SyncOptions;
import net.berth.engine.port.Peer;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.Health;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.Seen;
import net.berth.engine.status.EventLog;
import net.berth.model.IpAddress;
import net.berth.model.router.Mapping;
import net.berth.model.row.HumanRow;
import net.berth.plan.Change;

/** An engine that answers what a test put in, and notes what it was asked. */
public final class FakeBerth implements Berth {
    /** What was asked, in words. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** The guests there are. */
    public final List<GuestReport> guests = new CopyOnWriteArrayList<>();

    /** The networks there are. */
    public final List<NetworkReport> networks = new CopyOnWriteArrayList<>();

    /** What happened. */
    public final EventLog events = new EventLog(Clock.systemUTC());

    /** The machines on the router. */
    public final List<LeaseReport> leases = new CopyOnWriteArrayList<>();

    private volatile Supplier<HookAnswer> answer = HookAnswer.Accepted::new;
    private volatile Optional<PassReport> pass = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile Health health = new Health(
            List.of(new Health.PeerHealth(Peer.NIPAP, true, Instant.parse("2026-11-20T10:00:00Z"), "")), Instant.EPOCH);

    /** What the next hooks are answered. */
    public FakeBerth answers(Supplier<HookAnswer> next) {
        answer = next;
        return this;
    }

    /** What a full pass finds, instead of the guests with their changes. */
    public FakeBerth passes(PassReport report) {
        pass = Optional.of(report);
        return this;
    }

    /** Every call fails from now on. */
    public FakeBerth fails(RuntimeException with) {
        failure = Optional.of(with);
        return this;
    }

    /** How it is. */
    public FakeBerth feels(Health how) {
        health = how;
        return this;
    }

    @Override
    public HookAnswer hook(HookEvent event, Duration wait) {
        note("hook " + event.vmid() + " " + event.phase() + " on " + event.node()
                + (event.migration() ? " from " + event.migratedFrom() : "") + " wait " + wait.toSeconds());
        return answer.get();
    }

    @Override
    public PassReport overview(boolean fresh) {
        note("overview" + (fresh ? " fresh" : ""));
        return report();
    }

    @Override
    public Optional<GuestReport> guest(int vmid, boolean fresh) {
        note("guest " + vmid + (fresh ? " fresh" : ""));
        return find(vmid);
    }

    @Override
    public Optional<GuestReport> sync(int vmid, SyncOptions order) {
        note("sync " + vmid + " " + words(order));
        return find(vmid);
    }

    @Override
    public PassReport sync(SyncOptions order) {
        note("sync all " + words(order));
        return report();
    }

    @Override
    public PassReport plan() {
        note("plan");
        return report();
    }

    @Override
    public List<NetworkReport> networks(boolean fresh) {
        note("networks" + (fresh ? " fresh" : ""));
        return new ArrayList<>(networks);
    }

    @Override
    public EventLog events() {
        return events;
    }

    @Override
    public ImportReport importMappings(boolean dryRun) {
        note("import " + (dryRun ? "dry" : "real"));
        Mapping printer = new Mapping("LAN", "192.168.1.0/24", "printer", "192.168.1.9", "b8:27:eb:00:00:09", false);
        HumanRow row = new HumanRow(IpAddress.parse("192.168.1.9"), "printer");
        return new ImportReport(List.of(new ImportReport.Item(printer, "lan", row, !dryRun)));
    }

    @Override
    public List<Change> release(Set<Integer> vmids, boolean dryRun) {
        return release(
                vmids.toString(), guest -> vmids.contains(guest.guest().id().vmid()), dryRun);
    }

    @Override
    public List<Change> releaseAll(boolean dryRun) {
        return release("all", guest -> true, dryRun);
    }

    private List<Change> release(String whom, Predicate<GuestReport> meant, boolean dryRun) {
        note("release " + whom + " " + (dryRun ? "dry" : "real"));
        return guests.stream()
                .filter(meant)
                .flatMap(guest -> guest.changes().stream())
                .toList();
    }

    @Override
    public Seen<List<LeaseReport>> leases(boolean fresh) {
        note("leases" + (fresh ? " fresh" : ""));
        return new Seen<>(new ArrayList<>(leases), Reports.READ);
    }

    @Override
    public Health health() {
        return health;
    }

    private PassReport report() {
        return pass.orElseGet(() -> new PassReport(guests, List.of(), List.of(), List.of(), Reports.READ));
    }

    private Optional<GuestReport> find(int vmid) {
        return guests.stream()
                .filter(report -> report.guest().id().vmid() == vmid)
                .findFirst();
    }

    private void note(String what) {
        asked.add(what);
        failure.ifPresent(problem -> {
            throw problem;
        });
    }

    private static String words(SyncOptions order) {
        return (order.dryRun() ? "dry" : "real") + (order.writeBack() ? " write-back" : "");
    }
}
