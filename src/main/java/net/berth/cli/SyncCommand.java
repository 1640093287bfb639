package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.Supplier;
import net.berth.cli.api.ApiAccess;
import net.berth.cli.api.ApiClient;
import net.berth.cli.api.GuestNumber;
import net.berth.cli.api.PassFollower;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import net.berth.cli.view.JsonValues;
import net.berth.cli.view.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth sync}. */
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
final class SyncCommand extends OutputCommand {
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

    SyncCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        ApiAccess access = backend.api(config());
        ApiClient api = new ApiClient(access);
        String query = "/sync?dry-run=" + dryRun + "&write-back=" + writeBack;
        String one = guest.isEmpty() ? "" : "/guests/" + GuestNumber.of(guest, api);
        ApiClient.Answer answer = answer(access, () -> api.post("/v1" + one + query));
        JsonNode pass = one.isEmpty() || dryRun ? answer.json() : listOf(answer.json());
        AnswerTables tables = new AnswerTables(colours());
        print(answer.text(), dryRun ? tables.plan(pass) : tables.pass(pass));
        return dryRun ? PlanCommand.exit(pass) : exit(pass);
    }

    /** The receiver reports the progress of full passes only. */
    private ApiClient.Answer answer(ApiAccess access, Supplier<ApiClient.Answer> work) {
        String what = dryRun ? "comparing" : "making Proxmox and the router match NIPAP";
        if (!guest.isEmpty()) {
            return showing(what, () -> Progress.Bar.UNKNOWN, work);
        }
        try (PassFollower pass = new PassFollower(access)) {
            return showing(what, pass, work);
        }
    }

    private static JsonNode listOf(JsonNode guest) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return make.objectNode().set("items", make.arrayNode().add(guest));
    }

    private static int exit(JsonNode pass) {
        boolean failing = JsonValues.list(pass, "items").stream()
                .anyMatch(one -> JsonValues.text(one, "state").equals("failing"));
        return failing || !JsonValues.list(pass, "gaps").isEmpty() ? FAILURE : OK;
    }
}
