package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.router.DnsRecord;
import net.berth.plan.Change;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliases and further addresses that people added to a name of Berth's survive what becomes of the name. */
class AddedToNameTest {

    private static World world(String dhcp, DnsRecord record) {
        World world = dhcp.equals("dnsmasq") ? World.dnsmasq() : World.isc();
        world.with(TestGuest.vm(101, "web")).settle(101);
        world.router.records.clear();
        world.router.records.add(record);
        return world.settle(101);
    }

    private static DnsRecord record(String name, List<String> aliases, String... addresses) {
        return new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, aliases, List.of(addresses));
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void goAlongWhenTheGuestIsRenamedAndIsSaid(String dhcp) {
        World world = world(dhcp, record("web.home.lan", List.of("web", "wiki.home.lan"), "192.168.1.20", "fd00::20"));
        world.with(TestGuest.vm(101, "shop"));

        assertThat(world.plan(101).changes(Change.Stage.ROUTER))
                .anySatisfy(change -> assertThat(change.reason()).contains("wiki.home.lan", "goes along"));
        world.settle(101);

        assertThat(world.router.records)
                .containsExactly(record("shop.home.lan", List.of("shop", "wiki.home.lan"), "192.168.1.20", "fd00::20"));
        world.with(TestGuest.vm(101, "web")).settle(101);
        assertThat(world.router.records)
                .containsExactly(record("web.home.lan", List.of("web", "wiki.home.lan"), "192.168.1.20", "fd00::20"));
    }

    @Test
    void furtherAddressesStayUnderTheNameWhenTheGuestIsGone() {
        World world = world("isc", record("web.home.lan", List.of("web", "wiki.home.lan"), "192.168.1.20", "fd00::20"));

        world.release(world.guests.remove(101).id());

        assertThat(world.router.records)
                .containsExactly(record("web.home.lan", List.of("web", "wiki.home.lan"), "fd00::20"));
    }

    @Test
    void anAliasThatIsLeftWithoutAnyAddressIsSaid() {
        World world = world("isc", record("web.home.lan", List.of("web", "wiki.home.lan"), "192.168.1.20"));

        assertThat(world.gone(world.guests.get(101).id()).changes())
                .anySatisfy(change -> assertThat(change.what()).contains("also wiki.home.lan"));
    }
}
