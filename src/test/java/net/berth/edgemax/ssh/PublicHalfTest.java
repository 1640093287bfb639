package net.berth.edgemax.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicHalfTest {
    @Test
    void aPrivateKeyTellsWhatBelongsOnTheRouterAndNothingElseIsAKey() {
        NewKey key = NewKey.make();
        assertThat(key.publicHalf().type()).isEqualTo("ssh-ed25519");
        assertThat(PublicHalf.of(key.pem())).contains(key.publicHalf());
        assertThat(PublicHalf.of("ssh-ed25519 " + key.publicHalf().base64() + " berth"))
                .isEmpty();
        assertThat(PublicHalf.of("")).isEmpty();
    }
}
