package net.berth.http.json;

import java.util.List;
import net.berth.plan.Conflict;
import org.jspecify.annotations.Nullable;

/** A conflict in the API, inside its guest; {@code nic} is null when it concerns the whole guest. */
public record ConflictJson(String code, @Nullable String nic, String message, String fix) {

    public static List<ConflictJson> of(List<Conflict> conflicts) {
        return conflicts.stream()
                .map(conflict -> new ConflictJson(
                        conflict.code().name(), Texts.orNull(conflict.nic()), conflict.message(), conflict.fix()))
                .toList();
    }
}
