package net.berth.edgemax.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import net.berth.edgemax.EdgeMaxSettings;
import org.jspecify.annotations.Nullable;

/** One SSH connection, kept and renewed, with one command on it at a time. */
public final class SshConnection implements AutoCloseable {
    private final EdgeMaxSettings settings;
    private final SshLogin login;
    private final ReentrantLock lane = new ReentrantLock(true);
    private @Nullable Session session;

    public SshConnection(EdgeMaxSettings settings) {
        this.settings = settings;
        this.login = new SshLogin(settings);
    }

    /** Runs a command for as long as the talk with it takes. */
    public <T> T with(String command, Function<ShellChannel, T> talk) {
        // A batch may wait for the lock, commit and undo, each for the time of a commit.
        long patience = settings.times().commit().toMillis() * 4
                + settings.times().step().toMillis() * 4;
        try {
            if (!lane.tryLock(patience, TimeUnit.MILLISECONDS)) {
                throw RouterFailure.down("another command has been running on the router for too long");
            }
        } catch (InterruptedException stop) {
            throw RouterFailure.interrupted(stop);
        }
        try {
            ShellChannel open = open(command);
            boolean clean = false;
            try {
                T result = talk.apply(open);
                clean = open.finish(settings.times().step());
                return result;
            } finally {
                open.close();
                if (!clean) {
                    drop();
                }
            }
        } finally {
            lane.unlock();
        }
    }

    private ShellChannel open(String command) {
        Session kept = session;
        if (kept != null && kept.isConnected()) {
            Optional<ShellChannel> talk = exec(kept, command);
            if (talk.isPresent()) {
                return talk.get();
            }
        }
        // Nothing was sent yet, so a connection that had died unseen is simply renewed.
        drop();
        Session fresh = login.open();
        session = fresh;
        return exec(fresh, command).orElseThrow(() -> {
            drop();
            return RouterFailure.down("the router " + settings.host() + " took the login but no command");
        });
    }

    private Optional<ShellChannel> exec(Session on, String command) {
        @Nullable ChannelExec channel = null;
        try {
            channel = (ChannelExec) on.openChannel("exec");
            if (channel == null) {
                // The connection ended between the question whether it lives and this.
                return Optional.empty();
            }
            channel.setCommand(command);
            channel.setPty(false);
            ShellChannel talk = new ShellChannel(channel);
            channel.connect((int) settings.times().connect().toMillis());
            talk.listen();
            return Optional.of(talk);
        } catch (JSchException | IOException dead) {
            if (channel != null) {
                channel.disconnect();
            }
            return Optional.empty();
        }
    }

    private void drop() {
        Session old = session;
        session = null;
        if (old != null) {
            old.disconnect();
        }
    }

    @Override
    public void close() {
        lane.lock();
        try {
            drop();
        } finally {
            lane.unlock();
        }
    }
}
