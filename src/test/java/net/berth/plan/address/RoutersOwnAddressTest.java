package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.router.ConfigAddress;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;

/** An address that stands in the router's config, and a guest that asks for it. */
class RoutersOwnAddressTest {
    private static final String LINE = "interfaces ethernet eth1 address 192.168.1.50/24";
    private final World world = World.isc();

    private void routerHas50() {
        world.router.addAddress("192.168.1.50", LINE, ConfigAddress.Use.ROUTER);
    }

    private void isLeftToTheRouter(GuestPlan plan) {
        assertThat(plan.conflicts()).anySatisfy(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.FOREIGN_ENTRY);
            assertThat(conflict.message()).contains("192.168.1.50", LINE);
        });
        world.apply(plan);
        assertThat(world.ledger.rows())
                .noneMatch(row -> row.ours() && row.address().toString().equals("192.168.1.50"));
    }

    @Test
    void isNotAdoptedFromAGuestsConfig() {
        routerHas50();
        world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.50/24"));

        isLeftToTheRouter(world.plan(101));
    }

    @Test
    void isNotAdoptedFromAMapping() {
        routerHas50();
        world.with(TestGuest.vm(101, "web"));
        world.humanMapping("web", "192.168.1.50", TestGuest.mac(101, 0));

        isLeftToTheRouter(world.plan(101));
    }

    @Test
    void isNotAdoptedFromAHandMadeRow() {
        routerHas50();
        world.with(TestGuest.vm(101, "web"));
        world.humanRow("192.168.1.50", "web");

        isLeftToTheRouter(world.plan(101));
    }

    @Test
    void isAConflictWhereItIsBoundAlready() {
        world.with(TestGuest.vm(101, "web").tagged("ip-192-168-1-50")).settle(101);
        routerHas50();

        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ADDRESS_IN_USE);
            assertThat(conflict.message()).contains(LINE);
        });
    }

    @Test
    void anAddressOfAnotherMachineIsNoWishButMayBeTheGuestsOwn() {
        world.router.addAddress("192.168.1.50", "a new node 192.168.1.50", ConfigAddress.Use.MACHINE);
        world.with(TestGuest.vm(101, "wish").tagged("ip-192-168-1-50"));
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.WISH_NOT_FREE);
            assertThat(conflict.message()).contains("a new node 192.168.1.50");
        });

        world.with(TestGuest.vm(102, "proxy").nic(0, Nets.LAN, "192.168.1.50/24"))
                .settle(102);
        assertThat(world.address(102, 0)).isEqualTo("192.168.1.50");
    }

    @Test
    void aPortForwardMayBeReadyBeforeItsGuest() {
        world.router.addAddress(
                "192.168.1.50", "port-forward rule 1 forward-to address 192.168.1.50", ConfigAddress.Use.RULE);
        world.with(TestGuest.vm(101, "web").tagged("ip-192-168-1-50")).settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.50");
        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).isEmpty();
    }
}
