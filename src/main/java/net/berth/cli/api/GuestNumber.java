package net.berth.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.berth.cli.view.JsonValues;

/** Finds a guest by VMID or name. */
public final class GuestNumber {
    private GuestNumber() {}

    /**
     * The VMID of a guest given by VMID or name. Names are as last seen by the receiver.
     *
     * @throws CliException when no guest, or more than one, has the name
     */
    public static int of(String guest, ApiClient api) {
        if (guest.matches("[1-9][0-9]{2,8}")) {
            return Integer.parseInt(guest);
        }
        List<JsonNode> named = JsonValues.list(api.get("/v1/guests").json(), "items").stream()
                .filter(one -> JsonValues.text(one, "name").equalsIgnoreCase(guest))
                .toList();
        if (named.isEmpty()) {
            throw new CliException("no guest is named " + guest + "; berth guests --fresh shows all");
        }
        if (named.size() > 1) {
            List<String> numbers =
                    named.stream().map(one -> JsonValues.text(one, "vmid")).toList();
            throw new CliException(named.size() + " guests are named " + guest + ": give one of the VMIDs "
                    + String.join(", ", numbers));
        }
        return named.getFirst().path("vmid").asInt();
    }
}
