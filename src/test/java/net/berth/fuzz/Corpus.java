package net.berth.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The kept inputs of one reader: sound ones, odd ones, and each that failed once. */
record Corpus(String name, List<byte[]> inputs) {
    private static final Path KEPT = Path.of("src/test/resources/fuzz");
    private static final Path FOUND = Path.of("target/fuzz");

    static Corpus of(String name) {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(KEPT.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (inputs.isEmpty()) {
            throw new IllegalStateException("the corpus " + name + " is empty");
        }
        return new Corpus(name, inputs);
    }

    /** Words and signs of all inputs, in an order that does not change. */
    List<byte[]> words() {
        TreeSet<String> words = new TreeSet<>();
        for (byte[] input : inputs) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            for (String word : text.split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])", -1)) {
                if (!word.isEmpty() && word.length() <= 40) {
                    words.add(word);
                }
            }
        }
        return words.stream()
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Where an input that failed lies; moved into the kept corpus, it is tried by every build. */
    Path keep(byte[] input, String label) {
        try {
            Path file = Files.createDirectories(FOUND.resolve(name)).resolve(label);
            return Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return KEPT.resolve(name);
    }
}
