package net.berth.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiAccessTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8480",
        "192.168.1.9, http://192.168.1.9:8480",
        "berth.home.lan, http://berth.home.lan:8480",
        "0.0.0.0, http://127.0.0.1:8480",
        "::, http://[::1]:8480",
        "fd00::9, http://[fd00::9]:8480",
    })
    void theReceiverIsAskedWhereItListens(String host, String base) {
        assertThat(ApiAccess.http(host, 8480, "token").base()).hasToString(base);
    }

    @Test
    void theTokenIsNotShown() {
        assertThat(ApiAccess.http("127.0.0.1", 8480, "hush")).asString().doesNotContain("hush");
    }
}
