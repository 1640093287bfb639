package net.berth.engine.report;

import java.util.Locale;

/** Hears of the progress of a full pass or an examination, from several threads. */
public interface PassSteps {
    /** Ignores the progress. */
    PassSteps UNHEARD = new PassSteps() {
        @Override
        public void part(Part part, int steps) {}

        @Override
        public void step() {}
    };

    /** What is being done. */
    enum Part {
        /** Guests' configs are read and compared. */
        READING,
        /** What differs from NIPAP is corrected, guest by guest. */
        MENDING,
        /** Checks of the doctor. */
        LOOKING;

        /** The API's word. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A part begins that has so many steps. */
    void part(Part part, int steps);

    /** One step of the part is over. */
    void step();
}
