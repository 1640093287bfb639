package net.berth.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import net.berth.cli.api.ApiAccess;
import net.berth.doctor.CheckReport;
import net.berth.engine.report.PassSteps;
import net.berth.setup.SetupProbe;

/** What the commands need of Berth. Each reads the settings itself, and throws with a message that says what to do. */
public interface Backend {

    /** Starts engine and receiver; returns once it listens. */
    Running serve(Path config);

    /** What a full pass would change now, as JSON like {@code GET /v1/plan}; needs no receiver. */
    String plan(Path config, PassSteps steps);

    /** Checks these settings and the systems they name; changes nothing, needs no receiver. */
    List<CheckReport> doctor(Path config, PassSteps steps);

    /** Reads the systems before there are settings. */
    SetupProbe probe();

    /** How to reach the receiver that runs with these settings. */
    ApiAccess api(Path config);

    /** A running receiver; {@code stop} answers the requests in progress first. */
    record Running(URI address, Runnable stop) {}
}
