package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Finds the guest that a person means. */
final class GuestNumber {
    private GuestNumber() {}

    /**
     * The VMID of a guest, given as such or by its name. Names are as last seen by the receiver.
     *
     * @throws CliException when no guest, or more than one, has the name
     */
    static int of(String guest, ApiClient api) {
        if (guest.matches("[1-9][0-9]{2,8}")) {
            return Integer.parseInt(guest);
        }
        List<JsonNode> named = Json.list(api.get("/v1/guests").json(), "items").stream()
                .filter(one -> Json.text(one, "name").equalsIgnoreCase(guest))
                .toList();
        if (named.isEmpty()) {
            throw new CliException("no guest is named " + guest + "; berth guests --fresh shows all");
        }
        if (named.size() > 1) {
            List<String> numbers =
                    named.stream().map(one -> Json.text(one, "vmid")).toList();
            throw new CliException(
                    named.size() + " guests are named " + guest + ": say which by VMID: " + String.join(", ", numbers));
        }
        return named.getFirst().path("vmid").asInt();
    }
}
