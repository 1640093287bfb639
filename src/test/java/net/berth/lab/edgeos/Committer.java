package net.berth.lab.edgeos;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Commits a session part by part: what one part refuses stays in the session, the other parts are applied. */
final class Committer {
    private static final List<String> HOSTS = List.of("system", "static-host-mapping", "host-name");
    private final Template templates;
    private final Faults faults;
    private final Counters counters;
    private final Daemons daemons;

    Committer(Template templates, Faults faults, Counters counters, Daemons daemons) {
        this.templates = templates;
        this.faults = faults;
        this.counters = counters;
        this.daemons = daemons;
    }

    /** The caller holds the commit lock; the session's state is guarded by {@code guard}. */
    Answer commit(Session session, AtomicReference<Node> active, Object guard) {
        List<Subtree> changed;
        synchronized (guard) {
            changed = Subtree.changed(session.base(), session.work());
        }
        if (changed.isEmpty()) {
            synchronized (guard) {
                session.restart(active.get());
            }
            return Answer.OK;
        }
        pause();
        Optional<String> failure = faults.takeCommitFailure();
        if (failure.isPresent()) {
            return Answer.fail(failure.get() + "\n\nCommit failed\n");
        }
        synchronized (guard) {
            return parts(session, active, changed);
        }
    }

    private Answer parts(Session session, AtomicReference<Node> active, List<Subtree> changed) {
        StringBuilder out = new StringBuilder();
        boolean failed = false;
        boolean applied = false;
        for (Subtree part : changed) {
            Node before = active.get();
            Node after = part.merged(templates, session.base(), session.work(), before);
            Optional<String> refusal = refusal(part, session, after);
            if (refusal.isPresent()) {
                out.append(refusal.get()).append('\n');
                failed = true;
                continue;
            }
            active.set(after);
            applied = true;
            out.append(act(part, before, after));
            session.base().copyFrom(after, part.path());
            session.work().copyFrom(after, part.path());
        }
        if (applied) {
            counters.commits.incrementAndGet();
        }
        if (failed) {
            return Answer.fail(out + "Commit failed\n");
        }
        session.restart(active.get());
        return Answer.ok(out.toString());
    }

    private Optional<String> refusal(Subtree part, Session session, Node after) {
        Set<String> words = part.addedWords(session.base(), session.work());
        for (Faults.NodeFault fault : faults.nodeFaults()) {
            if (words.contains(fault.word())) {
                return Optional.of("[ " + String.join(" ", part.path()) + " ]\n" + fault.text() + "\n");
            }
        }
        if (part.equals(Subtree.HOSTS)) {
            return after.names("system", "static-host-mapping", "host-name").stream()
                            .anyMatch(name -> after.at(Node.join(HOSTS, name))
                                    .map(host -> host.names("inet").isEmpty())
                                    .orElse(false))
                    ? Optional.of("IP address for the static mapping must be set\n")
                    : Optional.empty();
        }
        String dhcp = part.equals(Subtree.DHCP) ? new DhcpConfig(after).refusal() : "";
        return dhcp.isEmpty() ? Optional.empty() : Optional.of("[ service dhcp-server ]\n" + dhcp);
    }

    private String act(Subtree part, Node before, Node after) {
        if (part.equals(Subtree.HOSTS)) {
            daemons.namesChanged(after, changedHosts(before, after));
        } else if (part.equals(Subtree.DNS)) {
            daemons.namesChanged(after, 1);
        } else if (part.equals(Subtree.DHCP)) {
            daemons.dhcpChanged(before, after);
            DhcpConfig dhcp = new DhcpConfig(after);
            String said = dhcp.dnsmasq()
                    ? dhcp.warning()
                    : "Stopping DHCP server daemon...\nStarting DHCP server daemon...\n";
            return said.isEmpty() ? "" : "[ service dhcp-server ]\n" + said + "\n";
        }
        return "";
    }

    private static int changedHosts(Node before, Node after) {
        Node old = before.at(HOSTS).orElseGet(Node::new);
        Node now = after.at(HOSTS).orElseGet(Node::new);
        long gone = old.children().keySet().stream()
                .filter(name -> !now.children().containsKey(name))
                .count();
        long set = now.children().entrySet().stream()
                .filter(entry -> !old.children().containsKey(entry.getKey())
                        || !old.children().get(entry.getKey()).same(entry.getValue()))
                .count();
        return (int) (gone + set);
    }

    private void pause() {
        if (!faults.commitTime().isZero()) {
            try {
                // The time that a slow router needs; readers see torn configs meanwhile.
                TimeUnit.NANOSECONDS.sleep(faults.commitTime().toNanos());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
