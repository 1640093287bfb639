package net.berth.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.berth.engine.report.PassReport;
import net.berth.engine.world.World;
import net.berth.model.Policy;
import net.berth.model.router.RouterView;
import net.berth.plan.Nets;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Instant COMPARED = Instant.parse("2026-11-20T10:00:00Z");

    private final World world = new World("home", 3, Clock.systemUTC());
    private final Policy policy =
            new Policy(Policy.Select.HOOK, "berth", Policy.Mode.SYNC, Policy.WriteBack.NEVER, Duration.ofHours(24), 3);

    private Instant asOf() {
        return LeaseOwners.of(
                        world,
                        List.of(Nets.LAN),
                        policy,
                        new PassReport(List.of(), List.of(), List.of(), List.of(), COMPARED))
                .at();
    }

    @Test
    void theyAreAsOldAsTheViewOfTheRouter() {
        world.routerRead(new RouterView(List.of(), List.of(), List.of(), List.of()), COMPARED.plusSeconds(60));
        assertThat(asOf()).isEqualTo(COMPARED.plusSeconds(60));
    }

    @Test
    void afterAFailedCommitTheyAreAsOldAsTheLastComparison() {
        world.routerRead(new RouterView(List.of(), List.of(), List.of(), List.of()), COMPARED.plusSeconds(60));
        world.routerUnsure();
        assertThat(asOf()).isEqualTo(COMPARED);
    }
}
