package net.berth.nipap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowStatus;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** Between NIPAP's structs and the model's rows; the members' names are those of backend.py (_prefix_spec). */
final class RowMapping {
    static final String HOST = "host";
    static final String TAG = "berth";

    private RowMapping() {}

    static boolean isHost(NipapStruct row) {
        return row.text("type").filter(HOST::equals).isPresent();
    }

    /** Whether the model knows the family of the row's address. */
    static boolean isReadable(NipapStruct row) {
        return IpAddress.isAddress(bare(row));
    }

    /**
     * A host row of NIPAP's as the model has it. The words that thousands of rows share are kept once: copies of them
     * would be a quarter of what a network of 10,000 rows takes.
     *
     * @throws Garbled when a member that every row has is missing or makes no sense
     */
    static AddressRow hostRow(NipapStruct row) {
        try {
            return new AddressRow(
                    row.needNumber("id"),
                    IpAddress.parse(bare(row)),
                    row.text("authoritative_source").orElse("").intern(),
                    row.text("external_key").orElse(""),
                    row.text("node").orElse(""),
                    row.text("description").orElse(""),
                    RowStatus.of(row.needText("status")),
                    row.texts("tags").stream().map(String::intern).toList(),
                    withoutNull(row.pairs("avps")));
        } catch (IllegalArgumentException e) {
            throw new Garbled("NIPAP has a row that makes no sense: " + e.getMessage(), e);
        }
    }

    /** The attributes of add_prefix for a row that is to be made. */
    static Map<String, @Nullable Object> attributes(NewRow row, int vrf) {
        Map<String, @Nullable Object> attr = new HashMap<>();
        attr.put("prefix", prefixOf(row.address()));
        attr.put("vrf_id", vrf);
        attr.put("type", HOST);
        attr.put("external_key", row.nic().externalKey());
        attr.put("node", orNil(row.node()));
        attr.put("description", orNil(row.description()));
        attr.put("status", row.status().toString());
        attr.put("tags", List.of(TAG, AddressRow.CLAIMING));
        attr.put("avps", row.avps());
        attr.put("expires", null);
        return attr;
    }

    static String prefixOf(IpAddress address) {
        return address + "/" + IpAddress.WIDTH;
    }

    /** To NIPAP an empty text is not nil; the model has no nil. */
    static @Nullable String orNil(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String bare(NipapStruct row) {
        String prefix = row.needText("prefix");
        int slash = prefix.indexOf('/');
        return slash < 0 ? prefix : prefix.substring(0, slash);
    }

    private static Map<String, String> withoutNull(Map<String, @Nullable String> pairs) {
        Map<String, String> plain = new HashMap<>();
        pairs.forEach((name, value) -> plain.put(name.intern(), value == null ? "" : value));
        return plain;
    }
}
