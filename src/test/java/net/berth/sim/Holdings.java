package net.berth.sim;

import com.github.benmanes.caffeine.cache.Cache;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.engine.Engine;
import net.berth.engine.status.EventLog;
import net.berth.model.router.RouterView;

/** How many things an engine holds on to, in all its maps, lists, queues and caches: a leak shows as growth. */
final class Holdings {
    private final Map<String, Integer> sizes = new TreeMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    private Holdings() {}

    /**
     * The number of elements by the class and field that holds them. The log of events has a limit of its own, and the
     * view of the router is one snapshot, as large as what the router holds.
     */
    static Map<String, Integer> of(Engine engine) {
        Holdings holdings = new Holdings();
        holdings.open.add(engine);
        while (!holdings.open.isEmpty()) {
            holdings.fields(holdings.open.remove());
        }
        return holdings.sizes;
    }

    private void fields(Object owner) {
        for (Class<?> type = owner.getClass(); ours(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    visit(type.getSimpleName() + "." + field.getName(), valueOf(field, owner));
                }
            }
        }
    }

    private static Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return Optional.ofNullable(field.get(owner)).orElse("");
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void visit(String place, Object value) {
        switch (value) {
            case Cache<?, ?> cache -> visit(place, cache.asMap());
            case Map<?, ?> map -> {
                sizes.merge(place, map.size(), Integer::sum);
                map.forEach((key, held) -> {
                    visit(place, key);
                    visit(place, held);
                });
            }
            case Collection<?> many -> {
                sizes.merge(place, many.size(), Integer::sum);
                many.forEach(one -> visit(place, one));
            }
            case AtomicReference<?> reference -> visit(place, Optional.<Object>ofNullable(reference.get()));
            case Optional<?> maybe -> maybe.ifPresent(held -> visit(place, held));
            default -> {
                boolean bounded = value instanceof EventLog || value instanceof RouterView;
                if (ours(value.getClass()) && !bounded && seen.add(value)) {
                    open.add(value);
                }
            }
        }
    }

    /** The program's own classes; those of the simulation are the world that the engine lives in. */
    private static boolean ours(Class<?> type) {
        return type.getName().startsWith("net.berth.")
                && !type.getName().startsWith("net.berth.sim.")
                && !type.isEnum();
    }
}
