package net.berth.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.Status;
import java.io.IOException;
import java.util.regex.Pattern;
import net.berth.engine.HookEvent;
import net.berth.http.json.Problem;

/** Parses the body of a hook. Unknown keys are ignored: a newer hookscript may send them. */
final class HookBody {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** A VMID in a path or a body, as in Proxmox. */
    static final Pattern VMID = Pattern.compile("[1-9][0-9]{2,8}");

    static final String VMIDS = "a whole number from 100 to 999999999";
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    private static final String PHASES = "pre-start, post-start, pre-stop or post-stop";
    private static final String NODES = "a host name";

    private HookBody() {}

    /**
     * The event in a body.
     *
     * @throws Problem 400 with what was found and what is allowed
     */
    static HookEvent parse(byte[] body) {
        JsonNode root = tree(body);
        JsonNode data = root.path("data");
        JsonNode word = data.path("phase");
        HookEvent.Phase phase = HookEvent.Phase.of(word.asText()).orElseThrow(() -> wrong("data.phase", word, PHASES));
        JsonNode type = root.path("type");
        if (!type.asText().equals("guest." + phase)) {
            throw wrong("type", type, "\"guest." + phase + "\", as data.phase says");
        }
        JsonNode from = data.path("migratedFrom");
        boolean migrated = !from.isMissingNode() && !from.isNull();
        return new HookEvent(
                vmid(data.path("vmid")),
                phase,
                node("data.node", data.path("node")),
                migrated ? node("data.migratedFrom", from) : "");
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            // Jackson's own message would quote the body and name classes.
            throw Problem.of(Status.BAD_REQUEST_400, "The body is not JSON: an object with type and data is expected.");
        }
    }

    private static int vmid(JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || !VMID.matcher(value.asText()).matches()) {
            throw wrong("data.vmid", value, VMIDS);
        }
        return value.intValue();
    }

    private static String node(String key, JsonNode value) {
        if (!value.isTextual() || !NODE.matcher(value.textValue()).matches()) {
            throw wrong(key, value, NODES);
        }
        return value.textValue();
    }

    private static Problem wrong(String key, JsonNode found, String allowed) {
        String text = found.isMissingNode() ? "nothing" : found.toString();
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return Problem.of(Status.BAD_REQUEST_400, key + ": found " + shown + "; allowed: " + allowed + ".");
    }
}
