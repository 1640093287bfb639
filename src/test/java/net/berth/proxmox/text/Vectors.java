package net.berth.proxmox.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The measured vectors: what the parsers and the cloud-init generator of Proxmox VE 8 and 9 answered. */
public final class Vectors {
    private Vectors() {}

    /** All vectors of a file in {@code src/test/resources/proxmox}. */
    public static List<JsonNode> of(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/proxmox/" + file)) {
            JsonNode vectors = new ObjectMapper()
                    .readTree(Objects.requireNonNull(in, file))
                    .path("vectors");
            return StreamSupport.stream(vectors.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vectors of one kind of {@code strings.json}. */
    public static List<JsonNode> strings(String kind) {
        return of("strings.json").stream()
                .filter(v -> v.path("kind").asText().equals(kind))
                .toList();
    }
}
