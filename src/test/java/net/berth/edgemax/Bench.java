package net.berth.edgemax;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.edgeos.Options;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.security.Secret;

/** A router of the lab, the driver that talks to it, and entries to put on it. */
public final class Bench implements AutoCloseable {
    static final DhcpSubnet LAN = new DhcpSubnet("LAN", Prefix.parse("192.168.1.0/24"), "home.lan", List.of());
    public final EdgeOs edge;
    public final EdgeMaxRouter router;

    private Bench(EdgeOs edge) {
        this.edge = edge;
        router = new EdgeMaxRouter(settings(edge));
    }

    public static Bench start() {
        return new Bench(EdgeOs.start());
    }

    /** The same router with ISC dhcpd. */
    public static Bench isc() {
        Bench bench = start();
        bench.edge.admin("set service dhcp-server use-dnsmasq disable");
        return bench;
    }

    public static EdgeMaxSettings settings(EdgeOs edge) {
        return settings(edge, Duration.ofSeconds(20));
    }

    /** For the router of the lab, with its own password and host key; a commit has as long as it is said. */
    public static EdgeMaxSettings settings(EdgeOs edge, Duration commit) {
        return new EdgeMaxSettings(
                "127.0.0.1",
                edge.port(),
                Options.USER,
                new EdgeMaxSettings.Login.Password(Secret.of(Options.PASSWORD)),
                new EdgeMaxSettings.HostKey.Fingerprint(edge.hostKey()),
                false,
                Set.of("LAN"),
                new EdgeMaxSettings.Times(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        commit,
                        Duration.ofMillis(5),
                        Duration.ofSeconds(10)));
    }

    public static EdgeMaxSettings with(EdgeMaxSettings s, EdgeMaxSettings.HostKey hostKey) {
        return new EdgeMaxSettings(
                s.host(), s.port(), s.username(), s.login(), hostKey, false, s.sharedNetworks(), s.times());
    }

    public static EdgeMaxSettings with(EdgeMaxSettings s, EdgeMaxSettings.Login login) {
        return new EdgeMaxSettings(
                s.host(), s.port(), s.username(), login, s.hostKey(), false, s.sharedNetworks(), s.times());
    }

    public static EdgeMaxSettings with(EdgeMaxSettings s, EdgeMaxSettings.Times times) {
        return new EdgeMaxSettings(
                s.host(), s.port(), s.username(), s.login(), s.hostKey(), false, s.sharedNetworks(), times);
    }

    public static EdgeMaxSettings with(EdgeMaxSettings s, Set<String> sharedNetworks) {
        return new EdgeMaxSettings(
                s.host(), s.port(), s.username(), s.login(), s.hostKey(), false, sharedNetworks, s.times());
    }

    public static EdgeMaxSettings legacy(EdgeMaxSettings s) {
        return new EdgeMaxSettings(
                s.host(), s.port(), s.username(), s.login(), s.hostKey(), true, s.sharedNetworks(), s.times());
    }

    public List<Router.Outcome> apply(RouterChange... changes) {
        return router.apply(KnownBatch.of(List.of(changes))).outcomes();
    }

    public static Mapping mapping(String name, int host) {
        return Mapping.of(
                LAN,
                name,
                IpAddress.parse("192.168.1." + host),
                MacAddress.parse(String.format("BC:24:11:00:00:%02X", host)));
    }

    public static DnsRecord record(String label, int host) {
        return new DnsRecord(
                DnsRecord.Kind.HOST_MAPPING, label + ".home.lan", List.of(label), List.of("192.168.1." + host));
    }

    public static RouterChange put(Mapping wanted, Mapping... replaces) {
        return new RouterChange.PutMapping(wanted, List.of(replaces));
    }

    public static RouterChange put(DnsRecord wanted, DnsRecord... replaces) {
        return new RouterChange.PutRecord(wanted, List.of(replaces));
    }

    public static RouterChange remove(Mapping old) {
        return new RouterChange.RemoveMapping(old);
    }

    public static RouterChange remove(DnsRecord old) {
        return new RouterChange.RemoveRecord(old);
    }

    /** The dump without the lines that name one of these words: what must not change. */
    String foreign(String... ours) {
        StringBuilder rest = new StringBuilder();
        edge.dump()
                .lines()
                .filter(line -> List.of(ours).stream().noneMatch(word -> line.contains(" " + word + " ")))
                .forEach(line -> rest.append(line).append('\n'));
        return rest.toString();
    }

    @Override
    public void close() {
        router.close();
        edge.close();
    }
}
