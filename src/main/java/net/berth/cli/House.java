package net.berth.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import net.berth.engine.check.Result;
import net.berth.engine.report.PassSteps;

/**
 * What the commands need of the rest of Berth. Each method reads the settings file itself, and throws a runtime
 * exception whose message a person can act on.
 */
public interface House {

    /** Starts engine and receiver; returns once it listens. */
    Running serve(Path config);

    /** What a full pass would change now, asked without a receiver, in the words of {@code GET /v1/plan}. */
    String plan(Path config, PassSteps steps);

    /** What is right and what is not with these settings and the systems they name; changes nothing, needs no receiver. */
    List<Result> doctor(Path config, PassSteps steps);

    /** Looks at the systems before there are settings. */
    Scout scout();

    /** How to reach the receiver that runs with these settings. */
    ApiAccess api(Path config);

    /** A receiver that runs. */
    interface Running extends AutoCloseable {
        /** Where it listens. */
        URI address();

        /** Answers what is being asked, then stops. */
        @Override
        void close();
    }
}
