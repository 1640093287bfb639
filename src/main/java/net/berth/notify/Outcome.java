package net.berth.notify;

import java.time.Duration;

/** The result of one attempt. */
sealed interface Outcome {
    /** The word in the metrics. */
    String word();

    /** The receiver has it. */
    record Accepted() implements Outcome {
        @Override
        public String word() {
            return "ok";
        }
    }

    /**
     * It did not arrive, or the receiver cannot accept it now.
     *
     * @param problem in words
     * @param rest how long the receiver asks to wait ({@code Retry-After}); zero when it does not
     */
    record Failed(String problem, Duration rest) implements Outcome {
        @Override
        public String word() {
            return "failed";
        }
    }

    /**
     * The receiver refuses this message.
     *
     * @param problem in words
     */
    record Refused(String problem) implements Outcome {
        @Override
        public String word() {
            return "refused";
        }
    }

    /** The receiver wants no more messages (410). */
    record Gone() implements Outcome {
        @Override
        public String word() {
            return "gone";
        }
    }
}
