package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who follows a link of the README or of a page arrives. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]+]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("https?:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md"), Path.of("hookscripts/README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                links++;
                if (!ELSEWHERE.matcher(link.group(1)).matches() && !leads(page, link.group(1))) {
                    dead.add(page + ": " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(30);
    }

    /** Who hears of a hole in a library looks here first. */
    @Test
    void theTableOfDependenciesHasTheVersionsOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("pom.xml"));
        Map<String, String> properties = Map.of(
                "Helidon", "helidon",
                "Apache XML-RPC", "xmlrpc",
                "Jackson", "jackson",
                "JSch", "jsch",
                "Caffeine", "caffeine",
                "Logback", "logback",
                "SLF4J", "slf4j",
                "picocli", "picocli",
                "Micrometer", "micrometer");
        String page = Files.readString(Path.of("docs/security.md"));
        properties.forEach((library, property) -> {
            Matcher version = Pattern.compile("<" + property + "\\.version>([^<]+)<").matcher(build);
            assertThat(version.find()).as(property).isTrue();
            assertThat(page).contains("| " + library + " | " + version.group(1) + " |");
        });
    }

    private static boolean leads(Path page, String link) throws IOException {
        int sharp = link.indexOf('#');
        String file = sharp < 0 ? link : link.substring(0, sharp);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        return Files.exists(target) && (sharp < 0 || anchors(target).contains(link.substring(sharp + 1)));
    }

    /** As they are made of headings: lower case, blanks as hyphens, no other signs. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyPageIsReachedFromTheReadme() throws IOException {
        List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            Path page = reached.get(i);
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1).replaceFirst("#.*", ""))
                    .filter(link ->
                            link.endsWith(".md") && !ELSEWHERE.matcher(link).matches())
                    .map(link -> page.resolveSibling(link).normalize())
                    .filter(target -> Files.exists(target) && !reached.contains(target))
                    .distinct()
                    .forEach(reached::add);
        }
        assertThat(reached).containsAll(pages());
    }
}
