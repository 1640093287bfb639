package net.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiringTest {
    @Test
    void aPartThatCannotBeClosedLeavesNoOtherOpen() {
        List<String> closed = new ArrayList<>();
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        parts.push(() -> closed.add("adapter"));
        parts.push(() -> {
            throw new java.io.IOException("the connection hangs");
        });
        parts.push(() -> {
            throw new NoClassDefFoundError("loaded late");
        });
        parts.push(() -> closed.add("engine"));
        assertThatThrownBy(() -> Wiring.closeAll(parts))
                .hasMessage("a part did not stop")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
        assertThat(closed).containsExactly("engine", "adapter");
    }
}
