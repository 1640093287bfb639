package net.berth.lab.edgeos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One exec channel: the received command in a real shell. */
final class ShellCommand implements Command {
    private static final byte NEWLINE = '\n';
    private final String id = UUID.randomUUID().toString();
    private final String command;
    private final Map<String, String> environment;
    private final Faults faults;
    private final Consumer<ShellCommand> ended;
    private final AtomicReference<Process> process = new AtomicReference<>();
    private final AtomicReference<ChannelSession> channel = new AtomicReference<>();
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (code, message, close) -> {};

    ShellCommand(String command, Map<String, String> environment, Faults faults, Consumer<ShellCommand> ended) {
        this.command = command;
        this.environment = environment;
        this.faults = faults;
        this.ended = ended;
    }

    String id() {
        return id;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession session, Environment env) throws IOException {
        channel.set(session);
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", faults.bashrc() + "\n" + here(command));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("EDGEOS_LAB_CHANNEL", id);
        Process started = builder.start();
        process.set(started);
        Thread.ofVirtual().start(() -> feed(started));
        Thread errors = Thread.ofVirtual().start(() -> drain(started.getErrorStream(), err));
        Thread.ofVirtual().start(() -> {
            drain(started.getInputStream(), out);
            finish(started, errors);
        });
    }

    private void feed(Process started) {
        byte[] buffer = new byte[8192];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (OutputStream to = started.getOutputStream()) {
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                int from = 0;
                for (int i = 0; i < size; i++) {
                    if (i == from && line.size() == 0) {
                        var cut = RouterPrograms.reached(faults.cutAtLine);
                        if (cut.isPresent()) {
                            cut(cut.get().cut());
                            return;
                        }
                    }
                    if (buffer[i] == NEWLINE) {
                        line.write(buffer, from, i + 1 - from);
                        to.write(here(line));
                        to.flush();
                        from = i + 1;
                    }
                }
                line.write(buffer, from, size - from);
            }
            to.write(here(line));
        } catch (IOException closed) {
            // The other side went away, as it may.
        }
    }

    /** A router's programs and files stand in fixed places; here they stand elsewhere, and the client need not know. */
    private String here(String text) {
        return text.replace("cat /", "lab-cat /")
                .replace("/opt/vyatta", environment.getOrDefault("EDGEOS_LAB_VYATTA", "/opt/vyatta"));
    }

    private byte[] here(ByteArrayOutputStream line) {
        byte[] moved = here(line.toString(StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        line.reset();
        return moved;
    }

    private static void drain(InputStream from, OutputStream to) {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int size = from.read(buffer); size >= 0; size = from.read(buffer)) {
                to.write(buffer, 0, size);
                to.flush();
            }
        } catch (IOException closed) {
            // The other side went away, as it may.
        }
    }

    private void finish(Process started, Thread errors) {
        try {
            errors.join();
            int code = started.waitFor();
            // Before the client hears of it: its next command is not one beside this.
            ended.accept(this);
            if (faults.outputHeld()) {
                tellExit(code);
            } else {
                exit.onExit(code);
            }
        } catch (IOException gone) {
            // The client did not wait for the code.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** As OpenSSH does while a daemon holds the command's output: the code is told, the channel stays open. */
    private void tellExit(int code) throws IOException {
        ChannelSession session = channel.get();
        if (session == null) {
            return;
        }
        Buffer buffer = session.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, 32);
        buffer.putUInt(session.getRecipient());
        buffer.putString("exit-status");
        buffer.putBoolean(false);
        buffer.putUInt(code);
        session.writePacket(buffer);
    }

    /** Ends the connection under the command's feet. */
    void cut(Faults.Cut how) {
        Process running = process.get();
        if (how == Faults.Cut.KILL && running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
        ChannelSession session = channel.get();
        if (session != null) {
            session.getSession().close(true);
        }
    }

    @Override
    public void destroy(ChannelSession session) {
        Process running = process.get();
        if (running != null) {
            try {
                // As a real server does without a terminal: the pipes close, the shell is not killed.
                running.getOutputStream().close();
            } catch (IOException closed) {
                // The other side went away, as it may.
            }
        }
    }
}
