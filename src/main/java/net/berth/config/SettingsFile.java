package net.berth.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.security.Secret;

/** Reads {@code berth.yaml}. */
public final class SettingsFile {
    private static final int MAX_BYTES = 1 << 20;

    /** The settings with warnings about what is allowed but risky; these hold no secrets. */
    public record Loaded(Settings settings, List<String> warnings) {}

    /**
     * How a user reaches the receiver who may read the read-only token, but not the full one.
     *
     * @param host the address that the receiver binds
     * @param certificates the receiver's own certificate; none for plain HTTP
     */
    public record Reading(String host, int port, Secret token, List<Path> certificates) {}

    private SettingsFile() {}

    /** What the read-only token needs; empty for a user who may read the full one, or neither, and for a file with mistakes there. */
    public static Optional<Reading> reading(Path file, Map<String, String> environment) {
        var mistakes = new Mistakes();
        var files = files(file, environment);
        try {
            return text(file, mistakes).flatMap(text -> new SettingsReader(files, mistakes).reading(text));
        } catch (Mistakes.Enough full) {
            return Optional.empty();
        }
    }

    /** Reads the file and all that it names; throws {@link SettingsException} with every mistake, up to a hundred. */
    public static Loaded read(Path file, Map<String, String> environment) {
        var mistakes = new Mistakes();
        var files = files(file, environment);
        var settings = text(file, mistakes).flatMap(text -> read(text, files, mistakes));
        if (settings.isEmpty() || !mistakes.none()) {
            throw new SettingsException(mistakes.texts(file.toString()));
        }
        return new Loaded(settings.get(), files.warnings());
    }

    private static SecretFiles files(Path file, Map<String, String> environment) {
        return new SecretFiles(
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file), environment);
    }

    private static Optional<Settings> read(String text, SecretFiles files, Mistakes mistakes) {
        try {
            return new SettingsReader(files, mistakes).read(text);
        } catch (Mistakes.Enough full) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file, Mistakes mistakes) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return refuse(mistakes, "found more than " + MAX_BYTES + " bytes");
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return refuse(mistakes, "found bytes that are not UTF-8");
        } catch (NoSuchFileException e) {
            return refuse(mistakes, "found no such file");
        } catch (IOException e) {
            return refuse(mistakes, "found a file that cannot be read");
        }
    }

    private static Optional<String> refuse(Mistakes mistakes, String found) {
        mistakes.add(1, "file", found, "a text of YAML that this user can read, " + MAX_BYTES + " bytes at most");
        return Optional.empty();
    }
}
