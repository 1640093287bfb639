package net.berth.config;

import java.util.List;
import java.util.Map;

/** One value of a YAML document with its line. */
sealed interface Node {
    int line();

    /** What it is, in words. */
    String kind();

    record Scalar(int line, String text) implements Node {
        @Override
        public String kind() {
            return Quote.of(text);
        }
    }

    record Nothing(int line) implements Node {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Sequence(int line, List<Node> items) implements Node {

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** The keys stay in the order of the file. */
    record Mapping(int line, Map<String, Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a section";
        }
    }

    record Entry(int line, Node value) {}
}
