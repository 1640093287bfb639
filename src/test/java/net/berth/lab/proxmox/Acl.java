package net.berth.lab.proxmox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The rights of the token: privileges by path; the most specific path that has an entry counts. */
public final class Acl {
    private final Map<String, Set<String>> entries = new ConcurrentSkipListMap<>();

    /** Sets the privileges on a path, in place of those it had; none: takes them all away there. */
    public Acl grant(String path, String... privileges) {
        entries.put(path, Set.of(privileges));
        return this;
    }

    /** Removes the entry of a path: what its parents give counts again. */
    public Acl forget(String path) {
        entries.remove(path);
        return this;
    }

    boolean has(String path, String privilege) {
        for (String p = path; ; p = parent(p)) {
            Set<String> found = entries.get(p);
            if (found != null) {
                return found.contains(privilege);
            }
            if (p.equals("/")) {
                return false;
            }
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** A right on a guest may come from its pool, too; it goes with the guest. */
    boolean onGuest(int vmid, String pool, String privilege) {
        return has("/vms/" + vmid, privilege) || (!pool.isEmpty() && has("/pool/" + pool, privilege));
    }

    void require(String path, String privilege) {
        if (!has(path, privilege)) {
            throw ApiFailure.permission(path, privilege);
        }
    }

    void requireOnGuest(int vmid, String pool, List<String> anyOf) {
        if (anyOf.stream().noneMatch(privilege -> onGuest(vmid, pool, privilege))) {
            throw ApiFailure.permission("/vms/" + vmid, String.join("|", anyOf));
        }
    }

    /** As {@code GET access/permissions} shows it for one path. */
    Map<String, Integer> effective(String path) {
        Map<String, Integer> privileges = new TreeMap<>();
        entries.values()
                .forEach(all -> all.forEach(privilege -> {
                    if (has(path, privilege)) {
                        privileges.put(privilege, 1);
                    }
                }));
        return privileges;
    }

    Set<String> paths() {
        return entries.keySet();
    }
}
