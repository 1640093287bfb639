package net.berth.cli;

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
final class SyncCommand extends BackendCommand.Output {
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
        return dryRun ? PlanCommand.exit(pass) : exit(pass);
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
        boolean failing =
                pass.list("items").stream().anyMatch(one -> one.text("state").equals("failing"));
        return failing || !pass.list("gaps").isEmpty() ? FAILURE : OK;
    }
}
