package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page whose host name was made to mean the receiver's address (DNS rebinding) reads nothing. */
class OwnHostsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private String get(String path, String host) {
        return bench.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + Bench.TOKEN
                + "\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/observe/health, rebound.example",
        "/observe/metrics, rebound.example:8480",
        "/, rebound.example.",
        "/v1/guests, localhost.rebound.example",
        "/page.js, 127.0.0.1.rebound.example",
        "/openapi.yaml, berth.home.lan.rebound.example:80",
        "/nothing, rebound.example",
        "/v1/hooks/../../observe/health, rebound.example",
        "/v1/hooks/..%2f..%2fobserve/health, rebound.example",
        "/v1/hooks/%2e%2e/%2e%2e/observe/metrics, rebound.example",
        "/v1/hooks/..;/..;/observe/health, rebound.example",
        "//v1/hooks/../guests, rebound.example"
    })
    void aRequestForAnotherHostIsAnswered421(String path, String host) {
        assertThat(get(path, host))
                .startsWith("HTTP/1.1 421 ")
                .contains("server.hosts")
                .doesNotContain("berth_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8480", "127.0.0.1:1", "192.168.1.9", "[::1]:8480", "Berth.Home.Lan.:80"})
    void addressesLocalhostAndTheNamesOfTheSettingsAreServed(String host) {
        assertThat(get("/observe/health", host)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aHookIsJudgedByItsSignatureWhateverHostItNames() {
        assertThat(
                        bench.raw(
                                "POST /v1/hooks/guest HTTP/1.1\r\nHost: elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }
}
