package net.berth.edgemax.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicHalfTest {
    @Test
    void aPrivateKeyTellsWhatBelongsOnTheRouterAndNothingElseIsAKey() {
        NewKey key = NewKey.make();
        assertThat(PublicHalf.of(key.pem())).contains(new PublicHalf("ssh-ed25519", key.base64()));
        assertThat(PublicHalf.of("ssh-ed25519 " + key.base64() + " berth")).isEmpty();
        assertThat(PublicHalf.of("")).isEmpty();
    }
}
