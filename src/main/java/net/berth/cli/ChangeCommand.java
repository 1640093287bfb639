package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.berth.cli.api.ApiAccess;
import net.berth.cli.api.ApiClient;
import net.berth.cli.api.PassFollower;
import net.berth.cli.view.Answer;
import net.berth.cli.view.Progress;
import net.berth.cli.view.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A command that makes changes, or shows which would be made. */
abstract class ChangeCommand extends BackendCommand.Output {

    @Command(
            name = "plan",
            description = "Show what a full pass would change, and why. Needs no running receiver and writes nothing.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:nothing to do", "1:failure, or not everything could be read", "2:changes are pending"})
    static final class Plan extends ChangeCommand {
        @Override
        public Integer call() {
            Progress.Steps steps = new Progress.Steps();
            String text = showing("comparing all guests", steps, () -> backend().plan(config(), steps));
            Answer plan = Answer.read(text).orElseThrow();
            print(plan, new Tables(colours()).plan(plan));
            return exit(plan);
        }

        /** A plan with gaps is a failure even when it is empty: it proves nothing. */
        static int exit(Answer plan) {
            if (!plan.list("gaps").isEmpty()) {
                return FAILURE;
            }
            return plan.is("pending") ? PENDING : OK;
        }
    }

    @Command(
            name = "sync",
            description = "Make Proxmox and the router match NIPAP now, for one guest or for all. Asks the running"
                    + " receiver.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done; with --dry-run: nothing to do",
                "1:failure, or a guest that is failing",
                "2:with --dry-run: changes are pending"
            })
    static final class Sync extends ChangeCommand {
        @Parameters(
                arity = "0..1",
                defaultValue = "",
                paramLabel = "GUEST",
                description = "VMID or name of one guest; without it: all.")
        private String guest = "";

        @Option(
                names = {"-n", "--dry-run"},
                description = "Only show what would be done.")
        private boolean dryRun;

        @Option(
                names = "--write-back",
                description = "Write the address into the guest's config even if the settings hold that back.")
        private boolean writeBack;

        @Override
        public Integer call() {
            ApiAccess access = backend().api(config());
            ApiClient api = new ApiClient(access);
            String query = "/sync?dry-run=" + dryRun + "&write-back=" + writeBack;
            String one = guest.isEmpty() ? "" : "/guests/" + api.vmid(guest);
            Answer answer = answer(access, () -> api.post("/v1" + one + query));
            Answer pass = one.isEmpty() || dryRun ? answer : Answer.of(Map.of("items", List.of(answer.json())));
            Tables tables = new Tables(colours());
            print(answer, dryRun ? tables.plan(pass) : tables.pass(pass));
            return dryRun ? Plan.exit(pass) : exit(pass);
        }

        /** The receiver reports the progress of full passes only. */
        private Answer answer(ApiAccess access, Supplier<Answer> work) {
            String what = dryRun ? "comparing" : "making Proxmox and the router match NIPAP";
            if (!guest.isEmpty()) {
                return showing(what, () -> Progress.Bar.UNKNOWN, work);
            }
            try (PassFollower pass = new PassFollower(access)) {
                return showing(what, pass, work);
            }
        }

        private static int exit(Answer pass) {
            boolean failing = pass.list("items").stream()
                    .anyMatch(one -> one.text("state").equals("failing"));
            return failing || !pass.list("gaps").isEmpty() ? FAILURE : OK;
        }
    }

    @Command(
            name = "import",
            description = "Create NIPAP rows for the router's static mappings that belong to no guest (printers, access"
                    + " points). The rows are yours from then on: Berth never changes them. Asks the running receiver.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done; with --dry-run: nothing to import",
                "1:failure, or an address that got a row meanwhile",
                "2:with --dry-run: there is something to import"
            })
    static final class Import extends ChangeCommand {
        @Option(
                names = {"-n", "--dry-run"},
                description = "Only show what would be imported.")
        private boolean dryRun;

        @Override
        public Integer call() {
            Answer answer = api().post("/v1/import?dry-run=" + dryRun);
            print(answer, new Tables(colours()).imported(answer, dryRun));
            boolean left = answer.list("items").stream().anyMatch(item -> !item.is("done"));
            if (!left) {
                return OK;
            }
            return dryRun ? PENDING : FAILURE;
        }
    }

    @Command(
            name = "release",
            description = "Release guests: their names and mappings are deleted from the router, their addresses stay"
                    + " reserved in NIPAP for release-after. A guest that still exists is not managed again until its next"
                    + " start. Asks the running receiver.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done; with --dry-run: nothing to do",
                "1:failure",
                "2:with --dry-run: changes are pending"
            })
    static final class Release extends ChangeCommand {
        @Parameters(arity = "0..*", paramLabel = "GUEST", description = "VMIDs or names.")
        private List<String> guests = new ArrayList<>();

        @Option(names = "--all", description = "All guests of the cluster, instead of GUEST.")
        private boolean all;

        @Option(
                names = {"-n", "--dry-run"},
                description = "Only show what would be done.")
        private boolean dryRun;

        @Override
        public Integer call() {
            if (all == !guests.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "name the guests, or give --all");
            }
            ApiClient api = api();
            List<JsonNode> items = new ArrayList<>();
            for (String path : paths(api)) {
                Answer answer = api.post(path + "/release?dry-run=" + dryRun);
                answer.list("items").forEach(item -> items.add(item.json()));
            }
            Answer changes = Answer.of(Map.of("items", items));
            print(changes, new Tables(colours()).plan(changes));
            return dryRun && !items.isEmpty() ? PENDING : OK;
        }

        private List<String> paths(ApiClient api) {
            return all
                    ? List.of("/v1")
                    : guests.stream()
                            .map(guest -> "/v1/guests/" + api.vmid(guest))
                            .toList();
        }
    }
}
