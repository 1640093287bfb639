package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.berth.engine.report.GuestReport;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What running guests say of their own addresses: asked by a look at one guest, and once
 * before a running guest gets its first row; everything else uses the last answer. */
@Timeout(60)
class LiveAddressesTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final FakeCompute compute = new FakeCompute();
    private final ManualTimer timer = new ManualTimer();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .every(Duration.ofSeconds(10), Duration.ofMinutes(10))
            .over(compute, new FakeIpam(), new FakeRouter(), timer);

    @AfterEach
    void close() {
        engine.close();
    }

    private GuestId running(int vmid) {
        GuestId id = compute.add(GuestType.LXC, vmid, "ct" + vmid, new NicConfig.Dhcp());
        compute.status(id, GuestStatus.RUNNING, Duration.ofMinutes(5));
        return id;
    }

    private void says(GuestId id, String address) {
        Guest guest = compute.guests.get(id);
        compute.live.put(id, List.of(new LiveAddress(guest.nics().getFirst().mac(), IpAddress.parse(address))));
    }

    private GuestReport look(GuestId id) {
        return engine.guest(id.vmid(), true).orElseThrow();
    }

    private GuestReport shown(GuestId id) {
        return engine.guest(id.vmid(), false).orElseThrow();
    }

    @Test
    void aDifferenceIsShownByALookAndRememberedByPassesAndEndsWithTheNextLook() {
        GuestId web = running(201);
        engine.sync(SyncOptions.PLAIN);
        says(web, "192.168.1.77");
        assertThat(look(web).state()).isEqualTo(GuestState.CONFLICT);
        assertThat(look(web).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.GUEST_DIFFERS);
        assertThat(engine.plan().guests().getFirst().conflicts()).hasSize(1);
        assertThat(engine.plan().pending()).as("nothing is done about it").isFalse();

        says(web, "192.168.1.20");

        assertThat(look(web).state()).isEqualTo(GuestState.SETTLED);
        assertThat(engine.plan().guests().getFirst().conflicts()).isEmpty();
        assertThat(look(web).nics().getFirst().remarks().live()).hasToString("[192.168.1.20]");
    }

    @Test
    void noHookNoPollNoPassAndNoPageAsks() {
        GuestId web = running(201);
        engine.sync(SyncOptions.PLAIN);
        int asked = compute.liveAsked;
        compute.says = guest -> {
            throw new AssertionError(guest.id() + " was asked");
        };
        engine.start();
        timer.advance(Duration.ZERO);
        for (HookEvent.Phase phase : HookEvent.Phase.values()) {
            assertThat(engine.hook(new HookEvent(web.vmid(), phase, "pve1", ""), WAIT))
                    .isInstanceOf(HookAnswer.Settled.class);
        }
        timer.advance(Duration.ofMinutes(11));
        assertThat(engine.plan().guests()).hasSize(1);
        assertThat(engine.overview(false).guests()).hasSize(1);
        assertThat(shown(web).state()).isEqualTo(GuestState.SETTLED);
        assertThat(compute.liveAsked).isEqualTo(asked);
    }

    @Test
    void aRunningGuestThatGotTheHookLaterIsAdoptedAtTheAddressThatItUses() {
        GuestId wishing = running(201);
        compute.change(wishing, guest -> GuestEdits.tagged(guest, "ip-192-168-1-77"));
        GuestId web = running(202);
        says(web, "192.168.1.77");

        assertThat(engine.plan().guests().get(1).changes().getFirst().what()).contains("192.168.1.77");
        engine.sync(SyncOptions.PLAIN);

        assertThat(shown(web).nics().getFirst().address()).isEqualTo("192.168.1.77/24");
        assertThat(shown(web).state()).isEqualTo(GuestState.SETTLED);
        assertThat(shown(wishing).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.WISH_NOT_FREE);
        assertThat(compute.liveAsked).as("once each").isEqualTo(2);
    }

    @Test
    void anEventOfARunningGuestWithoutARowAsksToo() {
        engine.sync(SyncOptions.PLAIN);
        GuestId web = running(201);
        says(web, "192.168.1.77");
        engine.sync(201, SyncOptions.PLAIN);
        assertThat(shown(web).nics().getFirst().address()).isEqualTo("192.168.1.77/24");
    }

    @Test
    void aDifferenceIsShownUntilTheGuestStartsAnew() {
        GuestId web = running(201);
        engine.sync(SyncOptions.PLAIN);
        says(web, "192.168.1.77");
        assertThat(look(web).conflicts()).hasSize(1);
        HookEvent event = new HookEvent(201, HookEvent.Phase.POST_START, "pve1", "");
        assertThat(((HookAnswer.Settled) engine.hook(event, WAIT)).report().conflicts())
                .hasSize(1);

        compute.status(web, GuestStatus.RUNNING, Duration.ofSeconds(2));

        assertThat(((HookAnswer.Settled) engine.hook(event, WAIT)).report().conflicts())
                .isEmpty();
    }

    @Test
    void silenceIsNotADifference() {
        GuestId web = running(201);
        engine.sync(SyncOptions.PLAIN);
        assertThat(look(web).state()).isEqualTo(GuestState.SETTLED);
        assertThat(look(web).nics().getFirst().remarks().live()).isEmpty();
        assertThat(engine.health().up()).isTrue();
    }

    @Test
    void onlyRunningGuestsOfBerthAreAsked() {
        GuestId web = running(201);
        GuestId stopped = compute.add(GuestType.LXC, 202, "stopped", new NicConfig.Dhcp());
        GuestId other = running(203);
        compute.change(other, FakeCompute::withoutHook);
        engine.sync(SyncOptions.PLAIN);
        look(stopped);
        look(other);
        assertThat(compute.liveAsked).as("at its first pass").isEqualTo(1);
        look(web);
        assertThat(compute.liveAsked).isEqualTo(2);
    }
}
