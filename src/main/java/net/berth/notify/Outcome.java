package net.berth.notify;

import java.time.Duration;

/** What became of one try. */
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
     * It did not get there, or the receiver cannot take it now.
     *
     * @param problem in words
     * @param rest how long the receiver asks to be left alone; zero when it does not
     */
    record Failed(String problem, Duration rest) implements Outcome {
        @Override
        public String word() {
            return "failed";
        }
    }

    /**
     * The receiver does not take this message.
     *
     * @param problem in words
     */
    record Refused(String problem) implements Outcome {
        @Override
        public String word() {
            return "refused";
        }
    }

    /** The receiver wants no more, ever. */
    record Gone() implements Outcome {
        @Override
        public String word() {
            return "gone";
        }
    }
}
