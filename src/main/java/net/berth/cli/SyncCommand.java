package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth sync}. */
@Command(
        name = "sync",
        description = "Bring one guest, or all, to what NIPAP says, now. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; with --dry-run: nothing to do",
            "1:failure, or a guest that could not be dealt with",
            "2:with --dry-run: changes are pending"
        })
final class SyncCommand implements Callable<Integer> {
    private final House house;
    private final Console console;

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
            description = "Write the address into the guest's config even where that is held back by the settings.")
    private boolean writeBack;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    SyncCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        ApiAccess access = house.api(config.file());
        ApiClient api = new ApiClient(access);
        String query = "/sync?dry-run=" + dryRun + "&write-back=" + writeBack;
        String one = guest.isEmpty() ? "" : "/guests/" + GuestNumber.of(guest, api);
        ApiClient.Answer answer = answer(access, () -> api.post("/v1" + one + query));
        JsonNode pass = one.isEmpty() || dryRun ? answer.json() : listOf(answer.json());
        Views views = new Views(new Paint(console.colour()));
        output.print(console.out(), answer.text(), dryRun ? views.plan(pass) : views.pass(pass));
        return dryRun ? PlanCommand.exit(pass) : exit(pass);
    }

    /** How far it is can be told only of a pass over all guests. */
    private ApiClient.Answer answer(ApiAccess access, Supplier<ApiClient.Answer> work) {
        if (!guest.isEmpty()) {
            return Progress.during(
                    console, output, dryRun ? "comparing" : "bringing it to what NIPAP says", () -> Bar.UNKNOWN, work);
        }
        try (PassFollower pass = new PassFollower(access)) {
            return Progress.during(
                    console, output, dryRun ? "comparing" : "bringing all to what NIPAP says", pass, work);
        }
    }

    private static JsonNode listOf(JsonNode guest) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return make.objectNode().set("items", make.arrayNode().add(guest));
    }

    private static int exit(JsonNode pass) {
        boolean failing = Json.list(pass, "items").stream()
                .anyMatch(one -> Json.text(one, "state").equals("failing"));
        return failing || !Json.list(pass, "gaps").isEmpty() ? Exit.FAILURE : Exit.OK;
    }
}
