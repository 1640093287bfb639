package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;

/** What is not Berth's in a world, as it was at the beginning; less what Berth rightly adopted since. */
final class Foreign {
    private final List<AddressRow> rows;
    private final List<Mapping> mappings;
    private final List<Mapping> first;
    private final List<DnsRecord> records;

    Foreign(World world) {
        rows = new ArrayList<>(world.ledger.rows());
        mappings = new ArrayList<>(world.router.mappings);
        first = List.copyOf(mappings);
        records = List.copyOf(world.router.records);
    }

    /** Whether it was there at the beginning: an adopted one stays when its guest goes. */
    boolean has(Mapping mapping) {
        return first.contains(mapping);
    }

    /** Only a row whose node is a guest's name and a mapping whose MAC is a guest's may become Berth's. */
    void assertUntouched(World world, List<String> story) {
        List<AddressRow> adopted =
                rows.stream().filter(row -> isBerths(world, row.address())).toList();
        assertThat(adopted).as("adopted after %s", story).allMatch(row -> row.node()
                .equals("db"));
        rows.removeAll(adopted);
        mappings.removeIf(mapping ->
                mapping.address().filter(address -> isBerths(world, address)).isPresent()
                        && mapping.mac().orElseThrow().equals(TestGuest.mac(102, 0)));
        assertThat(world.ledger.rows()).as("rows after %s", story).containsAll(rows);
        assertThat(world.router.mappings).as("mappings after %s", story).containsAll(mappings);
        assertThat(world.router.records).as("records after %s", story).containsAll(records);
    }

    private static boolean isBerths(World world, IpAddress address) {
        return world.ledger.rows().stream().anyMatch(row -> row.address().equals(address) && row.ours());
    }
}
