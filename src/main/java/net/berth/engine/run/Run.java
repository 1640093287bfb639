package net.berth.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.berth.engine.world.GuestRecord;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;
import net.berth.plan.Situation.Boot;
import org.jspecify.annotations.Nullable;

/** One guest in one run: what it is, what it is planned from, what became of it. Used by one thread at a time. */
public final class Run {
    private final GuestRecord record;
    private final Request request;
    private final boolean look;
    private final List<Change> done = new ArrayList<>();
    private Target target;
    private @Nullable Facts facts;
    private @Nullable Planned plan;
    private @Nullable Boot boot;
    private @Nullable CompletableFuture<List<AddressRow>> rowsToCome;
    private @Nullable RuntimeException failure;
    private List<Conflict> refused = List.of();
    private String lastLoss = "its rows have changed";

    /** A run that only shows the plan: it changes nothing that other runs use. */
    public static Run look(GuestRecord record, Request request, Target target) {
        return new Run(record, request, target, true);
    }

    public Run(GuestRecord record, Request request, Target target) {
        this(record, request, target, false);
    }

    private Run(GuestRecord record, Request request, Target target, boolean look) {
        this.look = look;
        this.record = record;
        this.request = request;
        this.target = target;
    }

    public GuestRecord record() {
        return record;
    }

    public GuestId id() {
        return record.id();
    }

    public Request request() {
        return request;
    }

    boolean isLook() {
        return look;
    }

    public Target target() {
        return target;
    }

    /** The guest was read again. */
    public void target(Target now) {
        if (!now.equals(target)) {
            boot = null;
        }
        target = now;
    }

    public Optional<Guest> guest() {
        return target instanceof Target.Present present ? Optional.of(present.guest()) : Optional.empty();
    }

    public String title() {
        return guest().map(Guest::title).orElseGet(() -> id().toString());
    }

    /** What the last plan was made from. */
    public Facts facts() {
        return required(facts);
    }

    public Planned plan() {
        return required(plan);
    }

    public GuestPlan guestPlan() {
        return plan().guest().orElseThrow();
    }

    public void planned(Facts from, Planned made) {
        facts = from;
        plan = made;
    }

    /** Whether the guest's disk has run, once that was asked. */
    Optional<Boot> boot() {
        return Optional.ofNullable(boot);
    }

    void boot(Boot known) {
        boot = known;
    }

    /** Changes that were carried out. */
    public List<Change> done() {
        return done;
    }

    /** Conflicts in the router's words. */
    public List<Conflict> refused() {
        return refused;
    }

    public void refused(List<Conflict> conflicts) {
        refused = List.copyOf(conflicts);
    }

    /** Why the last attempt did not come through. */
    public String lastLoss() {
        return lastLoss;
    }

    public void lost(String why) {
        lastLoss = why;
    }

    /** NIPAP's answer, where the facts are those of its last one. */
    public Optional<CompletableFuture<List<AddressRow>>> rowsToCome() {
        return Optional.ofNullable(rowsToCome);
    }

    public void rowsToCome(CompletableFuture<List<AddressRow>> reading) {
        rowsToCome = reading;
    }

    /** Why the run ended early. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    public void failed(RuntimeException cause) {
        failure = cause;
    }

    private <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(title() + " was not planned yet");
        }
        return value;
    }
}
