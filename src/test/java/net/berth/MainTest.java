package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void x() {
        assertThat(new String("a")).isEqualTo("a");
    }
}
