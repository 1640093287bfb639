package net.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import net.berth.sim.Planted.Edit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation bites: each of these mistakes, put into the engine or a rule, is caught. The seed that catches it stands
 * beside it and is run first. Where it no longer catches the mistake, the first thousand seeds are searched and the one found
 * is printed; {@code -Dberth.planted=search} searches for every mistake.
 */
class PlantedFaultsTest {
    private static final long SEEDS = 1000;
    private static final boolean SEARCH =
            System.getProperty("berth.planted", "").equals("search");
    private static final String ENGINE = "src/main/java/net/berth/engine/";
    private static final String PLAN = "src/main/java/net/berth/plan/";
    private static final Alarm ALARM = new Alarm();

    @BeforeAll
    static void hushLogs() {
        ALARM.begin();
    }

    @AfterAll
    static void unhushLogs() {
        ALARM.end();
    }

    static Stream<Planted> mistakes() {
        return Stream.of(
                Planted.of(
                        "a stop releases",
                        PLAN + "entry/RowRule.java",
                        "return active(c) ? RowStatus.ASSIGNED : RowStatus.RESERVED;",
                        "return active(c) ? RowStatus.ASSIGNED : RowStatus.QUARANTINE;"),
                Planted.of(
                        "nodes that are offline do not matter",
                        new Edit(
                                "src/main/java/net/berth/model/Inventory.java",
                                "return gap.isEmpty();",
                                "return true;"),
                        new Edit(
                                ENGINE + "Releaser.java",
                                "Optional.of(\"Proxmox does not say that it does not exist: \" + unknown.why());",
                                "Optional.empty();")),
                Planted.of(
                        "one list without a guest is enough",
                        ENGINE + "Watch.java",
                        "entry.getValue() >= lists",
                        "entry.getValue() >= 1"),
                Planted.of(
                        "Proxmox is not asked whether a guest does not exist",
                        ENGINE + "Releaser.java",
                        "doubt(compute.presence(guest, watch.lastNode(guest)))",
                        "Optional.<String>empty()"),
                Planted.of(
                        "any number of guests may vanish at once",
                        ENGINE + "Releaser.java",
                        "vanished().size() > policy.releaseLimit();",
                        "vanished().isEmpty();"),
                Planted.of(
                        "a quarantine is over at once",
                        PLAN + "entry/ReleaseRule.java",
                        "filter(time -> !time.isAfter(now))",
                        "filter(time -> !time.equals(now))"),
                Planted.of(
                        "a mapping of a person's is overwritten",
                        PLAN + "entry/MappingRule.java",
                        "filter(found -> !found.maps(address)\n                        && !Ownership.owns(binding, found)",
                        "filter(found -> found.disabled()\n                        && !Ownership.owns(binding, found)"),
                Planted.of(
                        "the router comes before NIPAP",
                        ENGINE + "Settler.java",
                        "boolean claims = plan.changes(Stage.INTENT)",
                        "if (!plan.changes(Stage.ROUTER).isEmpty()) { applier.router(plan.changes(Stage.ROUTER)); }\n"
                                + "boolean claims = plan.changes(Stage.INTENT)"),
                Planted.of(
                        "a full pass that failed is not made again",
                        ENGINE + "Poller.java",
                        "LOG.warn(\"full pass: {}\", failure.getMessage());\n            next = soon();",
                        "return;"),
                Planted.of(
                        "the hook waits for the write into the guest",
                        ENGINE + "GuestWork.java",
                        "        Settled settled = settled(seen);\n        ready.accept(",
                        "        for (int i = 0; i < 5000 && !finish(seen).again().isZero(); i++) {}\n"
                                + "        Settled settled = settled(seen);\n        ready.accept("),
                Planted.of(
                        "every pass writes",
                        PLAN + "entry/RowRule.java",
                        "        identity(c, names).forEach((name, value) -> {",
                        "        avps.put(\"berth-seen\", c.situation().now().toString());\n"
                                + "        identity(c, names).forEach((name, value) -> {"),
                Planted.of(
                        "a new name forgets the old one",
                        PLAN + "entry/RowRule.java",
                        "            OldNames.withPresent(row, names.description()).ifPresent(old -> avps.put(RowAttributes.WAS, old));\n"
                                + "        }\n        // With the name",
                        "        }\n        // With the name"),
                Planted.of(
                        "guests with one number share their fate",
                        ENGINE + "GuestWork.java",
                        "Duration release = releaser.release(vmid);",
                        "Duration release = Duration.ZERO;"),
                Planted.of(
                        "an address that rests goes to the next container of that name",
                        PLAN + "address/BindingRule.java",
                        "return otherMac && (otherName || row.quarantined());",
                        "return otherMac && otherName;"),
                Planted.of(
                        "a NIC that comes back gets another address",
                        PLAN + "address/BindingRule.java",
                        ".filter(row -> !isAnotherMachine(c.guest(), c.nic(), row))\n                .toList();",
                        ".filter(row -> !isAnotherMachine(c.guest(), c.nic(), row) && !row.quarantined())\n"
                                + "                .toList();"),
                Planted.of(
                        "what a person chose in a guest's config is overwritten",
                        PLAN + "guest/GuestConfigRule.java",
                        "if (config instanceof NicConfig.Other other) {",
                        "if (config instanceof NicConfig.Other other && other.text().isEmpty()) {"),
                Planted.of(
                        "a person's row is taken over",
                        PLAN + "address/BindingRule.java",
                        ".filter(row -> row.externalKey().isEmpty())",
                        ".filter(row -> !row.quarantined())"),
                Planted.of(
                        "a clone starts with its parent's address",
                        PLAN + "address/Duplicates.java",
                        ".filter(owner -> !owner.guest().equals(guest.id()))",
                        ".filter(owner -> owner.guest().equals(guest.id()))"),
                Planted.of(
                        "a claim is not looked for after a lost answer",
                        "src/test/java/net/berth/sim/SimIpam.java",
                        "List<AddressRow> found = call(\"rows of \" + row.nic(), () -> nipap.live(row.nic()));\n"
                                + "            if (found.isEmpty()) {",
                        "List<AddressRow> found = nipap.live(row.nic());\n"
                                + "            if (nipap.at(row.address()).isPresent()) {\n"
                                + "                return new Claim.Taken(row.address());\n"
                                + "            }\n"
                                + "            if (found.isEmpty()) {"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isCaught(Planted planted) {
        LongFunction<String> simulation = planted.simulation();
        boolean caught = !SEARCH
                && planted.seed() != 0
                && !broken(simulation, planted.seed()).isEmpty();
        assertThat(caught || search(planted, simulation)).as(planted.name()).isTrue();
    }

    private static boolean search(Planted planted, LongFunction<String> simulation) {
        List<String> found = Seeds.run(1, SEEDS, seed -> broken(simulation, seed));
        System.out.println(planted.name() + ": " + (found.isEmpty() ? "not caught" : String.join("; ", found)));
        return !found.isEmpty();
    }

    /** The promise that this seed breaks with the mistake and keeps without it, with the seed; empty when there is none. */
    private static String broken(LongFunction<String> simulation, long seed) {
        String promise = simulation.apply(seed);
        // What breaks without the fault too is no proof.
        boolean proof =
                !promise.isEmpty() && Simulation.run(Plan.of(seed)).broken().isEmpty();
        return proof ? "seed " + seed + ": " + promise : "";
    }
}
