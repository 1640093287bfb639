package net.berth.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Answer;
import net.berth.cli.view.Explanation;
import net.berth.cli.view.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that shows what the receiver has last seen, with its time; {@code --fresh} reads the systems first. */
abstract class SeenCommand extends BackendCommand.Output {
    @Option(
            names = "--fresh",
            description =
                    "Read Proxmox, NIPAP and the router first. Without it, what the receiver last saw is shown; the"
                            + " last line says when that was.")
    private boolean fresh;

    /** Prints an answer of the API, and when the systems were read for it. */
    int show(ApiClient api, String path, Function<Answer, List<String>> table) {
        Answer answer = fresh ? api.getFresh(path) : api.get(path);
        print(answer, dated(table.apply(answer), answer, Instant.now(), fresh));
        return OK;
    }

    /** The lines with the time of the answer; a receiver of 0.1.0 does not send it. */
    static List<String> dated(List<String> lines, Answer answer, Instant now, boolean fresh) {
        List<String> dated = new ArrayList<>(lines);
        answer.ago("asOf", now).ifPresent(ago -> {
            dated.add("");
            dated.add("As of " + ago + (fresh ? "." : "; --fresh reads the systems first."));
        });
        return dated;
    }

    @Command(name = "guests", description = "Show what each system holds for each guest. Asks the running receiver.")
    static final class Guests extends SeenCommand {
        @Override
        public Integer call() {
            return show(api(), "/v1/guests", new Tables(colours())::guests);
        }
    }

    @Command(
            name = "leases",
            description = "Show the machines that the router sees: live leases and, from its ARP table, machines"
                    + " without a lease; each with its guest, or unknown. Asks the running receiver.")
    static final class Leases extends SeenCommand {
        @Override
        public Integer call() {
            return show(api(), "/v1/leases", new Tables(colours())::leases);
        }
    }

    @Command(
            name = "networks",
            description = "Show how full each network is, and with --addresses the owner of each address. Asks the"
                    + " running receiver.")
    static final class Networks extends SeenCommand {
        @Option(
                names = {"-a", "--addresses"},
                description = "Also list the addresses; neighbouring addresses with one state share a line.")
        private boolean addresses;

        @Override
        public Integer call() {
            return show(api(), "/v1/networks", answer -> new Tables(colours()).networks(answer, addresses));
        }
    }

    @Command(
            name = "explain",
            description = "Explain why a guest has its address, what each system holds, what is held back and what"
                    + " would change. Asks the running receiver.")
    static final class Explain extends SeenCommand {
        @Parameters(paramLabel = "GUEST", description = "VMID or name of the guest.")
        private String guest = "";

        @Override
        public Integer call() {
            ApiClient api = api();
            return show(api, "/v1/guests/" + api.vmid(guest), new Explanation(colours(), Instant.now())::of);
        }
    }
}
