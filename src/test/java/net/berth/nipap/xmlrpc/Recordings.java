package net.berth.nipap.xmlrpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Bodies exchanged with a real nipapd 0.32.7; {@code src/test/resources/nipap/recordings}. */
final class Recordings {
    private static final Path FOLDER = Path.of("src/test/resources/nipap/recordings");

    private Recordings() {}

    /** Names such as {@code 22-list_prefix-by-external_key}, in the order of recording. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".request.xml"))
                    .map(name -> name.substring(0, name.length() - ".request.xml".length()))
                    .sorted((a, b) -> number(a) == number(b) ? a.compareTo(b) : Integer.compare(number(a), number(b)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int number(String name) {
        return Integer.parseInt(name.replaceFirst("\\D.*", ""));
    }

    static byte[] request(String name) {
        return read(name + ".request.xml");
    }

    static byte[] response(String name) {
        return read(name + ".response.xml");
    }

    private static byte[] read(String file) {
        try (InputStream in = Files.newInputStream(FOLDER.resolve(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value of the lab's reader as the client hands it out: dates as their text. */
    static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case LocalDateTime time ->
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss").format(time);
            case List<?> list -> list.stream().map(Recordings::plain).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> plain = new LinkedHashMap<>();
                map.forEach((key, member) -> plain.put(key, plain(member)));
                yield plain;
            }
            default -> value;
        };
    }
}
