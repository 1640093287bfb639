package net.berth.model.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Prefix;
import org.junit.jupiter.api.Test;

class MappingTest {
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.1.20");
    private static final MacAddress MAC = MacAddress.parse("BC:24:11:00:00:0A");
    private static final DhcpSubnet LAN = new DhcpSubnet("LAN", Prefix.parse("192.168.1.0/24"), "", List.of());

    @Test
    void berthWritesTheMacInLowerCase() {
        Mapping mapping = Mapping.of(LAN, "web", ADDRESS, MAC);
        assertThat(mapping.macText()).isEqualTo("bc:24:11:00:00:0a");
        assertThat(mapping.subnet()).isEqualTo("192.168.1.0/24");
        assertThat(mapping.address()).contains(ADDRESS);
        assertThat(mapping.mac()).contains(MAC);
    }

    @Test
    void aHumansMappingMayLackOrGarbleItsParts() {
        Mapping empty = new Mapping("LAN", "192.168.1.0/24", "tv", "", "", false);
        assertThat(empty.address()).isEmpty();
        assertThat(empty.mac()).isEmpty();
        assertThat(empty.maps(ADDRESS)).isFalse();
        assertThat(empty.maps(MAC)).isFalse();
        Mapping odd = new Mapping("LAN", "192.168.1.0/24", "tv", "192.168.1.020", "01:00:5e:00:00:01", false);
        assertThat(odd.address()).isEmpty();
        assertThat(odd.mac()).isEmpty();
    }

    @Test
    void aNameIsComparedWithoutCaseAndFinalDot() {
        DnsRecord record = new DnsRecord(
                DnsRecord.Kind.HOST_MAPPING, "Web.Home.lan.", List.of("www"), List.of("192.168.1.20", "fd00::20"));
        assertThat(record.named("web.home.lan")).isTrue();
        assertThat(record.named("www")).isFalse();
        assertThat(record.answersTo("WWW")).isTrue();
        assertThat(record.answersTo("web")).isFalse();
        assertThat(record.holds(ADDRESS)).isTrue();
        assertThat(record.holds(IpAddress.parse("192.168.1.2"))).isFalse();
    }
}
