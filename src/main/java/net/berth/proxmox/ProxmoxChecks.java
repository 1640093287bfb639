package net.berth.proxmox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.berth.engine.check.Check;
import net.berth.engine.check.RightsCheck;
import net.berth.engine.check.Ward;
import net.berth.engine.port.Rights;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.proxmox.api.ClusterUrl;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveException;

/** What {@code doctor} looks at in Proxmox. Reads only. */
public final class ProxmoxChecks implements AutoCloseable {
    private final ProxmoxSettings settings;
    private final Clock clock;
    private final PveApi api;
    private final List<ClusterUrl> doors = new ArrayList<>();

    /** Connects to nothing yet. */
    public ProxmoxChecks(ProxmoxSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.api = new PveApi(settings);
        for (var url : settings.urls()) {
            doors.add(new ClusterUrl(
                    url,
                    new PveApi(new ProxmoxSettings(
                            List.of(url), settings.cluster(), settings.token(), settings.trust(), settings.limits()))));
        }
    }

    /** What the token may do. */
    public Rights rights() {
        return new ProxmoxRights(api, settings.token().id());
    }

    /**
     * The version, such as {@code 9.1.3}.
     *
     * @throws net.berth.engine.port.PeerException when there is no usable answer
     */
    public String version() {
        return asked(() -> api.version().path("version").asText("?"));
    }

    /** The names of the nodes; fails as {@link #version}. */
    public List<String> nodes() {
        return asked(() -> api.nodes().stream()
                .map(node -> node.path("node").asText("?"))
                .sorted()
                .toList());
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (PveException e) {
            throw e.asPeerException();
        }
    }

    /** All checks. */
    public Ward ward(List<Network> networks, Policy policy) {
        List<Check> checks = List.of(
                new CertificateCheck(settings.urls(), settings.trust(), clock),
                new ClockCheck(doors, clock),
                new RightsCheck(rights(), networks, policy),
                new NodesCheck(api),
                new GuestsCheck(api, settings.cluster(), networks, policy),
                new HookCheck(api));
        return new Ward("proxmox", new ReachCheck(doors), checks);
    }

    @Override
    public void close() {
        api.close();
        doors.forEach(door -> door.api().close());
    }
}
