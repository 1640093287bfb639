package net.berth.nipap;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.berth.lab.nipap.LabNipap;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;
import net.berth.security.Secret;

/**
 * A NIPAP to hold to the contract, with a VRF of its own that is removed in the end: always the stand-in; and the one
 * at {@code NIPAP_URL} (user and password: {@code NIPAP_USER}, {@code NIPAP_PASSWORD}) when that is set.
 */
final class NipapUnderTest implements AutoCloseable {
    private final String title;
    private final NipapSettings settings;
    private final NipapRpc rpc;
    private final Runnable stop;
    private final int vrf;

    private NipapUnderTest(String title, URI url, String user, String password, Runnable stop) {
        this.title = title;
        this.stop = stop;
        String name = "berth-test-" + UUID.randomUUID();
        this.settings = new NipapSettings(url, user, Secret.of(password), name, Duration.ofSeconds(20), 1L << 26);
        this.rpc = new NipapRpc(settings);
        String rt = "65001:" + new Random().nextInt(1, Integer.MAX_VALUE);
        Object made = rpc.call("add_vrf", Map.of("attr", Map.of("name", name, "rt", rt, "description", "test")));
        this.vrf = NipapStruct.of("add_vrf", made).needNumber("id");
    }

    static Stream<String> titles() {
        return System.getenv("NIPAP_URL") == null ? Stream.of("stand-in") : Stream.of("stand-in", "real");
    }

    static NipapUnderTest open(String title) {
        if (title.equals("real")) {
            Map<String, String> env = System.getenv();
            URI url = URI.create(env.get("NIPAP_URL"));
            return new NipapUnderTest(title, url, env.get("NIPAP_USER"), env.get("NIPAP_PASSWORD"), () -> {});
        }
        LabNipap lab = LabNipap.start();
        return new NipapUnderTest(title, lab.url(), LabNipap.USER, LabNipap.PASSWORD, lab::close);
    }

    NipapRpc rpc() {
        return rpc;
    }

    NipapIpam ipam() {
        return new NipapIpam(settings, new Random(), Thread::sleep);
    }

    int vrf() {
        return vrf;
    }

    /** add_prefix with these attributes, in the VRF of this test. */
    NipapStruct add(String prefix, String type, Map<String, ?> more) {
        Map<String, Object> attr = new HashMap<>(more);
        attr.put("prefix", prefix);
        attr.put("type", type);
        attr.put("vrf_id", vrf);
        attr.putIfAbsent("description", "test");
        return NipapStruct.of("add_prefix", rpc.call("add_prefix", Map.of("attr", attr)));
    }

    List<NipapStruct> list(Map<String, ?> spec) {
        Map<String, Object> full = new HashMap<>(spec);
        full.put("vrf_id", vrf);
        return rpc.rows("list_prefix", Map.of("prefix", full));
    }

    List<NipapStruct> edit(Map<String, ?> spec, Map<String, ?> attr) {
        Map<String, Object> full = new HashMap<>(spec);
        full.put("vrf_id", vrf);
        return rpc.rows("edit_prefix", Map.of("prefix", full, "attr", attr));
    }

    Object remove(Map<String, ?> spec) {
        Map<String, Object> full = new HashMap<>(spec);
        full.put("vrf_id", vrf);
        return rpc.call("remove_prefix", Map.of("prefix", full));
    }

    @Override
    public void close() {
        try {
            rpc.call("remove_vrf", Map.of("vrf", Map.of("id", vrf)));
        } finally {
            rpc.close();
            stop.run();
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
