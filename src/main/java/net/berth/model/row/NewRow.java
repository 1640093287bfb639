package net.berth.model.row;

import java.util.Map;
import net.berth.model.IpAddress;
import net.berth.model.NicId;

/**
 * A row that is to be made for a NIC.
 *
 * @param address exactly this address
 * @param description the fully qualified name, or words when the NIC holds no name
 * @param status assigned or reserved
 */
public record NewRow(
        NicId nic, IpAddress address, String node, String description, RowStatus status, Map<String, String> avps) {

    /** Copies the attributes. */
    public NewRow {
        avps = Map.copyOf(avps);
    }
}
