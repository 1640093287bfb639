package net.berth.edgemax.config;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.ssh.RouterFailure;
import net.berth.edgemax.ssh.RouterText;
import net.berth.edgemax.ssh.ShellChannel;
import net.berth.engine.port.PeerException;

/**
 * A plain bash on the router that is fed line by line. Each answer is between two markers of its own, of which the second
 * holds the exit code: no text of the router can be taken for the end of an answer, and what the login shell prints before
 * (a greeting of the user's {@code ~/.bashrc}) is no part of one. Not the login shell: its functions ask questions, page, and
 * forget exit codes.
 */
public final class RouterShell {
    /** The config system's own program, on every router. */
    public static final String WRAPPER = "/opt/vyatta/sbin/vyatta-cfg-cmd-wrapper";

    /** The program for questions about what runs. */
    public static final String OPERATION = "/opt/vyatta/bin/vyatta-op-cmd-wrapper";

    /** A shell for reading. */
    public static final String READER = "/bin/bash --noprofile --norc -s";

    /** A shell that may change the config: with the group that owns it. */
    public static final String WRITER = "sg vyattacfg -c '" + READER + "'";

    /** The exit code of a command, and its output, standard error included. */
    public record Said(int code, String text) {
        public boolean ok() {
            return code == 0;
        }
    }

    private static final String BEGIN = "begin";
    private static final int LONGEST_GREETING = 200;
    // A config with 10,000 mappings has 4 MB; more is not an answer.
    private static final int LONGEST_ANSWER = 6 << 20;
    private final ShellChannel channel;
    private final EdgeMaxSettings settings;
    private final String nonce = UUID.randomUUID().toString().replace("-", "");
    private final Pattern marker = Pattern.compile("@@" + nonce + " ([0-9]{1,9}) ([0-9]{1,3}|begin)");
    /** What was printed before the first answer. */
    private final StringBuilder greeting = new StringBuilder();

    private boolean isOpen;
    private int calls;

    public RouterShell(ShellChannel channel, EdgeMaxSettings settings) {
        this.channel = channel;
        this.settings = settings;
        channel.send("umask 0002");
        channel.send("export LC_ALL=C");
        channel.send("W=" + WRAPPER);
        // Every call gets an empty input, or it would eat the lines that follow.
        channel.send("mark(){ printf '\\n@@" + nonce + " %s %s\\n' \"$1\" \"$2\"; }");
        channel.send("run(){ n=$1; shift; mark \"$n\" begin; \"$@\" </dev/null 2>&1 " + RouterLock.CLOSED
                + "; mark \"$n\" \"$?\"; }");
        channel.send(ConfigReader.FUNCTIONS);
    }

    /**
     * Takes the lock of {@link RouterLock}. From then on the shell ends if it gets no command for {@code patience}.
     *
     * @param wait how long to wait for the lock; the router counts whole seconds
     * @return false if another receiver held the lock all the time
     * @throws net.berth.engine.port.PeerException if the router cannot lock
     */
    public boolean lock(Duration wait, Duration patience) {
        int number = ++calls;
        channel.send(RouterLock.FUNCTION);
        channel.send("mark " + number + " begin; " + RouterLock.take(wait) + "; mark " + number + " $?");
        channel.send(RouterLock.serve(patience));
        Said said = answer(number, "lock", wait.plus(times().step()));
        if (!said.ok() && said.code() != RouterLock.BUSY) {
            throw RouterFailure.refused("the router does not lock " + RouterLock.FILE + " (exit code " + said.code()
                    + "): " + RouterText.printable(said.text())
                    + ". The user must be of level admin; nothing was changed");
        }
        return said.ok();
    }

    /** Sends a line that answers nothing. */
    public void send(String line) {
        channel.send(line);
    }

    /** The deadlines of the settings. */
    public EdgeMaxSettings.Times times() {
        return settings.times();
    }

    /** Waits between two looks at the router. */
    public void pause() {
        ShellChannel.pause(times().pause());
    }

    /** What several looks in a row have found, with pauses between them; empty as soon as one finds nothing. */
    public <T> Optional<T> lasting(int looks, Supplier<Optional<T>> look) {
        Optional<T> found = look.get();
        for (int i = 1; i < looks && found.isPresent(); i++) {
            pause();
            found = look.get();
        }
        return found;
    }

    /** Runs a fixed command. The text must come from this package, never from outside. */
    public Said run(String command) {
        return run(command, times().step());
    }

    /** Runs a fixed command with a deadline of its own. */
    public Said run(String command, Duration deadline) {
        int number = ++calls;
        channel.send("run " + number + " " + command);
        return answer(number, command, deadline);
    }

    /** Runs a fixed command; of a very long output only the last part is kept, from the beginning of a line on. */
    public Said runForLast(String command) {
        int number = ++calls;
        channel.send("run " + number + " " + command);
        return answer(number, command, times().step(), Excess.DROPS_BEGINNING);
    }

    /** Runs one line of the config, parsed again before it leaves. */
    public Said run(ConfigCommand command) {
        int number = ++calls;
        String line = "run " + number + " " + command.shellText();
        command.check(line, number);
        channel.send(line);
        return answer(number, command.toString(), times().step());
    }

    /** A shell that ends by itself at the first call was never allowed to begin. */
    private RuntimeException ended(String command) {
        if (calls == 1 && channel.endedByItself()) {
            return RouterFailure.refused("the router's shell ended at once" + channel.errorText() + greeted()
                    + "; the user " + settings.username() + " must be of level admin");
        }
        return RouterFailure.down("the connection to the router ended before it answered to \""
                + RouterText.printable(command) + "\"" + channel.errorText() + greeted());
    }

    /** Names what the login shell printed, if Berth's own shell has not begun. */
    private String greeted() {
        return isOpen || greeting.isEmpty()
                ? ""
                : "; before, the login shell printed \"" + RouterText.printable(greeting.toString())
                        + "\": look at ~/.bashrc of " + settings.username() + " on the router";
    }

    private Optional<String> next(long deadline) {
        try {
            return channel.next(deadline);
        } catch (PeerException silent) {
            throw greeted().isEmpty() ? silent : RouterFailure.down(silent.getMessage() + greeted(), silent);
        }
    }

    private enum Excess {
        FAILS,
        DROPS_BEGINNING
    }

    private Said answer(int number, String command, Duration patience) {
        return answer(number, command, patience, Excess.FAILS);
    }

    private Said answer(int number, String command, Duration patience, Excess excess) {
        long deadline = System.nanoTime() + patience.toNanos();
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = next(deadline).orElseThrow(() -> ended(command));
            Matcher end = marker.matcher(line);
            if (end.matches() && Integer.parseInt(end.group(1)) == number) {
                if (end.group(2).equals(BEGIN)) {
                    text.setLength(0);
                    isOpen = true;
                    continue;
                }
                // The marker's own line feed is not the command's.
                int length = text.length();
                if (length > 0) {
                    text.setLength(length - 1);
                }
                return new Said(Integer.parseInt(end.group(2)), text.toString());
            }
            if (text.length() + line.length() > LONGEST_ANSWER) {
                if (excess == Excess.FAILS) {
                    throw RouterFailure.garbled("the router's answer to \"" + RouterText.printable(command)
                            + "\" has more than " + LONGEST_ANSWER + " characters");
                }
                text.delete(0, text.indexOf("\n", LONGEST_ANSWER / 2) + 1);
            }
            text.append(line).append('\n');
            if (!isOpen && greeting.length() < LONGEST_GREETING) {
                greeting.append(line).append(' ');
            }
        }
    }
}
