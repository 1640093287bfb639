package net.berth.jmh;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import net.berth.edgemax.config.ActiveConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The router's config with 1,000 static mappings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RouterConfigBench {
    private static final int MAPPINGS = 1_000;
    private static final String SUBNET =
            "set service dhcp-server shared-network-name BIG subnet 10.10.0.0/18 ";
    private String text = "";

    /** As the router prints it. */
    @Setup
    public void print() {
        StringBuilder lines = new StringBuilder("set interfaces ethernet eth1 address 10.10.0.1/18\n");
        lines.append("set service dhcp-server use-dnsmasq enable\n");
        lines.append(SUBNET).append("default-router 10.10.0.1\n");
        lines.append(SUBNET).append("domain-name home.lan\n");
        for (int i = 0; i < MAPPINGS; i++) {
            String mapping = SUBNET + "static-mapping g" + i;
            lines.append(mapping)
                    .append(String.format(Locale.ROOT, " ip-address 10.10.%d.%d%n", 1 + i / 200, 1 + i % 200));
            lines.append(mapping)
                    .append(String.format(Locale.ROOT, " mac-address bc:24:11:00:%02x:%02x%n", i / 256, i % 256));
        }
        lines.append("set system host-name edge\n");
        text = lines.toString();
    }

    /** Its mappings, names and subnets. */
    @Benchmark
    public ActiveConfig parse() {
        ActiveConfig config = ActiveConfig.parse(text);
        if (config.mappings().size() != MAPPINGS) {
            throw new IllegalStateException(config.mappings().size() + " mappings");
        }
        return config;
    }
}
