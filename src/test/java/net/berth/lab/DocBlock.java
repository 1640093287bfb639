package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands of one fenced block of the documentation.
 *
 * @param where file and line
 * @param shell lines for a shell
 * @param router lines for the router's own command line
 */
record DocBlock(String where, List<String> shell, List<String> router) {
    private static final Pattern FENCE = Pattern.compile(" *```(\\w*)");
    private static final Pattern ROUTER = Pattern.compile("(?:configure|set|delete|show|commit;?)(?: .*)?");
    /** A block without a language holds commands when its lines begin with one of these. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:berth|curl|pveum|mvn|sudo|apt|qm|pct|set (?:system|service)) (?!.*►).*");
    /** How a command is written in general, not one to type. */
    private static final Pattern SYNOPSIS = Pattern.compile("berth \\w+ +\\[--config FILE].*");

    /** All blocks with commands of all pages, in their order. */
    static List<DocBlock> all() {
        List<DocBlock> blocks = new ArrayList<>();
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            Stream.of(Stream.of(Path.of("README.md")), docs.sorted(), Stream.of(Path.of("hookscripts/README.md")))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(file -> read(file, blocks));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    private static void read(Path file, List<DocBlock> blocks) {
        List<String> lines = lines(file);
        List<String> inside = new ArrayList<>();
        String language = "";
        boolean open = false;
        for (int i = 0; i < lines.size(); i++) {
            var fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                inside.add(lines.get(i).strip());
            } else if (open) {
                add(file + ":" + (i + 1), language, inside, blocks);
                open = false;
            } else {
                language = fence.group(1);
                inside.clear();
                open = true;
            }
        }
    }

    private static void add(String where, String language, List<String> inside, List<DocBlock> blocks) {
        if (!Set.of("", "sh").contains(language)) {
            return;
        }
        List<String> lines = inside.stream()
                .filter(line -> language.equals("sh") || COMMAND.matcher(line).matches())
                .filter(line -> !SYNOPSIS.matcher(line).matches())
                .toList();
        if (!lines.isEmpty()) {
            blocks.add(new DocBlock(
                    where,
                    lines.stream().filter(line -> !isRouter(line)).toList(),
                    lines.stream().filter(DocBlock::isRouter).toList()));
        }
    }

    private static boolean isRouter(String line) {
        return ROUTER.matcher(line).matches();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
