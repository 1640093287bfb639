package net.berth.engine.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.report.Health.PeerHealth;
import net.berth.engine.world.World;
import net.berth.engine.world.World.SystemHealth;
import net.berth.model.Network;
import org.jspecify.annotations.Nullable;

/** Counts and times every call to an outside system, and notes its health. */
public record CallMonitor(World world, MeterRegistry meters, EventLog events) {
    private static final Set<String> ONE_GUEST = Set.of("read", "status", "presence", "history", "write", "image");

    /** From a quick read to a slow commit. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5)
    };

    /** A port whose calls are counted, timed and noted in the health. */
    public <T> T on(Class<T> port, Peer peer, T target) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Supplier<@Nullable Object> call = () -> invoked(method, target, arguments);
            // An agent that is silent says nothing about Proxmox.
            return method.getName().equals("live")
                    ? call.get()
                    : call(peer, operation(method), part(method, arguments), call, () -> trouble(target));
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private static String trouble(Object target) {
        return target instanceof Router router ? router.trouble() : "";
    }

    private static @Nullable Object invoked(Method method, Object target, Object @Nullable [] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error failure) {
                throw failure;
            }
            throw thrown.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static String operation(Method method) {
        return method.getName().equals("regenerateImage") ? "image" : method.getName();
    }

    /**
     * What a call needs beside the system itself; what is refused there stays in the health until a call that needs the part
     * succeeds.
     */
    private static String part(Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "rowsOf", "rowsIn", "rowAt", "pool" -> "reading";
            case "claim", "writeDown", "edit", "remove" -> "writing";
            case "check" -> "check of " + ((Network) Objects.requireNonNull(arguments)[0]).name();
            default -> "";
        };
    }

    private @Nullable Object call(
            Peer peer, String operation, String part, Supplier<@Nullable Object> call, Supplier<String> trouble) {
        Instant start = world.now();
        world.health(peer).asked();
        try {
            Object answer = call.get();
            changed(peer, world.health(peer).answered(part, trouble.get(), world.now()));
            count(peer, operation, "ok", start);
            return answer;
        } catch (PeerException failure) {
            if (failure.peer() == peer && !concernsOneGuest(peer, operation, failure)) {
                boolean isRefused = failure.kind() == PeerException.Kind.REFUSED;
                changed(peer, world.health(peer).failed(isRefused ? part : "", String.valueOf(failure.getMessage())));
            }
            count(peer, operation, failure.kind().name().toLowerCase(Locale.ROOT), start);
            throw failure;
        }
    }

    private void changed(Peer peer, SystemHealth.Transition transition) {
        switch (transition) {
            case NONE -> {}
            case UP -> events.add(new Event.SystemUp(peer));
            case DOWN ->
                events.add(new Event.SystemDown(peer, world.health(peer).state().problem()));
        }
    }

    private void count(Peer peer, String operation, String outcome, Instant start) {
        Timer.builder("berth.peer.calls")
                .description("Calls to the systems behind Berth")
                .serviceLevelObjectives(BUCKETS)
                .tags("peer", peer.word(), "operation", operation, "outcome", outcome)
                .register(meters)
                .record(Duration.between(start, world.now()));
    }

    /** A right that is missing on one guest says nothing about the system; the guest's own report shows it. */
    private static boolean concernsOneGuest(Peer peer, String operation, PeerException failure) {
        return peer == Peer.PROXMOX && failure.kind() == PeerException.Kind.REFUSED && ONE_GUEST.contains(operation);
    }

    /** The health of each system. */
    public List<PeerHealth> health() {
        return Arrays.stream(Peer.values())
                .map(peer -> world.health(peer).state())
                .toList();
    }
}
