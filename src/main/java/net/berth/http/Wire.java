package net.berth.http;

import java.nio.charset.StandardCharsets;
import net.berth.engine.PassReport;

/** The API's words for what was asked without a receiver. */
public final class Wire {
    private Wire() {}

    /** A plan, exactly as {@code GET /v1/plan} answers it. */
    public static String plan(PassReport report) {
        return new String(Answers.bytes(PassJson.plan(report)), StandardCharsets.UTF_8);
    }
}
