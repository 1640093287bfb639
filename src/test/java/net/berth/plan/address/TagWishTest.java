package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.MacAddress;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest asks for an address by a tag. */
class TagWishTest {
    private static String address(World world, int vmid) {
        return world.plan(vmid).nics().getFirst().address();
    }

    @Test
    void aFreeAddressIsGivenToTheGuestWhoseTagAsksForIt() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").tagged("ip-192-168-1-50"))
                .settle(101);
        assertThat(address(world, 101)).isEqualTo("192.168.1.50/24");
    }

    @Test
    void aTagThatComesLaterMovesNobody() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.with(TestGuest.vm(101, "web").tagged("ip-192-168-1-50"));
        GuestPlan plan = world.plan(101);
        assertThat(plan.nics().getFirst().address()).isEqualTo("192.168.1.20/24");
        assertThat(plan.conflicts()).isEmpty();
    }

    @Test
    void aWishForAnAddressWithARowIsAConflictThatNamesItsOwner() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").tagged("ip-192-168-1-50"))
                .settle(101);
        world.with(TestGuest.container(102, "db").tagged("ip-192-168-1-50"));
        GuestPlan plan = world.plan(102);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.WISH_NOT_FREE);
            assertThat(conflict.message()).contains("ip-192-168-1-50", "home/qemu/101");
        });
    }

    @Test
    void aWishForAnAddressThatTheRouterMapsToAnotherMachineIsAConflict() {
        World world = World.isc().with(TestGuest.vm(101, "web").tagged("ip-192-168-1-50"));
        world.humanMapping("printer", "192.168.1.50", MacAddress.parse("02:00:00:00:00:01"));
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> assertThat(conflict.message())
                .contains("mapping"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip-192-168-1-1", "ip-192-168-1-255", "ip-192-168-1-0"})
    void gatewayNetworkAndBroadcastAreNobodys(String tag) {
        World world = World.isc().with(TestGuest.vm(101, "web").tagged(tag));
        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.WISH_NOT_FREE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip-10-99-0-1", "ip-999-1-1-1", "ip-", "ipv6"})
    void aTagThatIsNoAddressOfTheGuestsNetworksMeansNothing(String tag) {
        World world = World.isc().with(TestGuest.vm(101, "web").tagged(tag)).settle(101);
        assertThat(address(world, 101)).isEqualTo("192.168.1.20/24");
    }
}
