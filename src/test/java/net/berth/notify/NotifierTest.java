package net.berth.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.berth.http.EveryEvent;
import net.berth.http.OpenApi;
import net.berth.lab.proxmox.SelfSigned;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifierTest {
    private final Hearer chat = Hearer.plain();
    private final NotifyBench bench = new NotifyBench();

    @AfterEach
    void stop() {
        bench.close();
        chat.close();
    }

    private void heard(int number) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(chat.heard).hasSizeGreaterThanOrEqualTo(number));
    }

    private static void waitFor(Runnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion::run);
    }

    @Test
    void everyKindOfEventArrivesAsACloudEventOfTheDocument() {
        bench.notifies(NotifyBench.to(chat));
        EveryEvent.events().forEach(bench.events::add);
        heard(EveryEvent.events().size());
        OpenApi api = OpenApi.read();
        assertThat(chat.heard).allSatisfy(message -> {
            assertThat(api.faultsOf("Event", message.body())).isEmpty();
            assertThat(message.headers()).containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
            assertThat(message.body()).contains("\"id\":\"" + message.id() + "\"");
        });
        assertThat(chat.ids()).doesNotHaveDuplicates();
    }

    @Test
    void eachMessageIsSignedWithEveryKeyAsStandardWebhooksHasIt() throws Exception {
        bench.notifies(new WebhookSettings(
                "chat",
                chat.url(),
                List.of(Secret.of(NotifyBench.KEY), Secret.of(NotifyBench.NEXT_KEY)),
                Set.of(),
                new TlsTrust.JvmDefault()));
        bench.systemDown();
        heard(1);
        Hearer.Message message = chat.heard.getFirst();
        String stamp = message.headers().getOrDefault("webhook-timestamp", "");
        assertThat(stamp)
                .isEqualTo(Long.toString(Instant.parse("2026-11-20T10:00:00Z").getEpochSecond()));
        String content = message.id() + "." + stamp + "." + message.body();
        assertThat(message.headers().get("webhook-signature"))
                .isEqualTo("v1," + hmac(NotifyBench.KEY, content) + " v1," + hmac(NotifyBench.NEXT_KEY, content));
    }

    private static String hmac(byte[] key, String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    }

    @Test
    void onlyWhatTheReceiverAsksForIsSent() {
        bench.notifies(NotifyBench.to(chat, "system.down"));
        bench.happens(1);
        bench.systemDown();
        bench.happens(2);
        bench.systemDown();
        heard(2);
        assertThat(chat.heard).allMatch(message -> message.body().contains("\"type\":\"system.down\""));
        waitFor(() -> assertThat(bench.follower().waiting()).isZero());
    }

    @Test
    void aFailedMessageIsTriedAgainUnderItsIdWithGrowingPausesBeforeTheNextOneIsSent() {
        chat.answers(500).answers(503);
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        bench.happens(2);
        heard(4);
        assertThat(chat.ids().subList(0, 3)).containsOnly(chat.ids().getFirst());
        assertThat(chat.ids().get(3)).isNotEqualTo(chat.ids().getFirst());
        assertThat(bench.pauses).hasSize(2);
        assertThat(bench.pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(bench.pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(bench.told()).doesNotContain("webhook.down");
    }

    @Test
    void aReceiverThatAsksToBeLeftAloneIsLeftAlone() {
        chat.answers(429, "Retry-After", "77").answers(503, "Retry-After", "Fri, 20 Nov 2026 10:10:00 GMT");
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        heard(3);
        assertThat(bench.pauses.get(0)).isEqualTo(Duration.ofSeconds(77));
        assertThat(bench.pauses.get(1)).isEqualTo(Duration.ofMinutes(10).minusSeconds(77));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "Fri, 20 Nov 2099 10:10:00 GMT"})
    void nobodyIsLeftAloneLongerThanAMessageLives(String retryAfter) {
        chat.answers(429, "Retry-After", retryAfter);
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        heard(2);
        assertThat(bench.pauses).containsExactly(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "Fri, 20 Nov 2020 10:10:00 GMT", "1e9"})
    void aRetryAfterThatSaysNothingAsksForNothing(String retryAfter) {
        assertThat(WebhookClient.wait(retryAfter, Instant.parse("2026-11-20T10:00:00Z")))
                .isZero();
    }

    @Test
    void aReceiverThatIsGoneIsNeverCalledAgain() {
        chat.answers(410);
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        waitFor(() -> assertThat(bench.told()).contains("webhook.down"));
        bench.happens(2);
        waitFor(() -> assertThat(bench.follower().stopped()).isTrue());
        assertThat(bench.follower().waiting()).isZero();
        assertThat(bench.follower().problem()).contains("410");
        assertThat(chat.heard).hasSize(1);
    }

    @Test
    void aMessageThatIsRefusedDoesNotHoldUpTheOthersForLong() {
        IntStream.range(0, 3).forEach(i -> chat.answers(422));
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        bench.happens(2);
        heard(4);
        assertThat(chat.ids().subList(0, 3)).containsOnly(chat.ids().getFirst());
        assertThat(chat.ids().get(3)).isNotEqualTo(chat.ids().getFirst());
        assertThat(bench.meters.get("berth.notify.given.up").counter().count()).isEqualTo(1);
    }

    @Test
    void aDeadReceiverIsToldOfOnceAndItsReturnToo() {
        IntStream.range(0, 6).forEach(i -> chat.answers(500));
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        heard(9);
        waitFor(() -> assertThat(bench.told()).containsExactly("router.committed", "webhook.down", "webhook.up"));
        waitFor(() -> assertThat(bench.follower().waiting()).isZero());
        assertThat(bench.follower().up()).isTrue();
        assertThat(bench.meters.get("berth.notify.up").gauge().value()).isEqualTo(1);
        assertThat(bench.meters
                        .get("berth.notify.tries")
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(6);
        assertThat(chat.heard.getLast().body()).contains("\"type\":\"webhook.up\"");
    }

    @Test
    void aReceiverThatStaysDeadCostsABoundedNumberOfTriesForEachMessage() {
        chat.close();
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        waitFor(() -> assertThat(bench.told()).contains("webhook.down"));
        waitFor(() -> assertThat(bench.follower().waiting()).isZero());
        assertThat(bench.meters.get("berth.notify.given.up").counter().count()).isEqualTo(2);
        assertThat(bench.meters
                        .get("berth.notify.tries")
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isBetween(20L, 40L);
        assertThat(bench.pauses).allMatch(pause -> pause.compareTo(Duration.ofMinutes(5)) <= 0);
        assertThat(bench.follower().up()).isFalse();
        assertThat(bench.follower().problem()).isNotEmpty().doesNotContain("token-in-the-path");
        assertThat(bench.told()).containsOnlyOnce("webhook.down");
    }

    @Test
    void aSlowReceiverHoldsUpNobody() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        IntStream.range(0, 100).forEach(i -> chat.answers(exchange -> hold(never)));
        try (Hearer other = Hearer.plain()) {
            bench.notifies(NotifyBench.to(chat), NotifyBench.to(other));
            IntStream.range(0, 50).forEach(bench::happens);
            waitFor(() -> assertThat(other.heard).hasSizeGreaterThanOrEqualTo(50));
            assertThat(chat.heard.size()).isLessThan(20);
        } finally {
            never.countDown();
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        chat.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1024];
            for (int i = 0; i < 1_000_000; i++) {
                exchange.getResponseBody().write(part);
                exchange.getResponseBody().flush();
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
        });
        bench.notifies(NotifyBench.to(chat));
        bench.happens(1);
        heard(2);
        assertThat(chat.ids()).hasSize(2).containsOnly(chat.ids().getFirst());
    }

    @Test
    void whoFallsTooFarBehindIsToldThatItMissedSome() {
        CountDownLatch latch = new CountDownLatch(1);
        chat.answers(exchange -> {
            hold(latch);
            exchange.sendResponseHeaders(204, -1);
        });
        bench.notifies(NotifyBench.to(chat));
        bench.happens(0);
        heard(1);
        IntStream.rangeClosed(1, 1200).forEach(bench::happens);
        latch.countDown();
        heard(1002);
        assertThat(chat.heard.stream().filter(message -> message.body().contains("\"type\":\"events.missed\"")))
                .hasSize(1);
        waitFor(() -> assertThat(chat.heard.getLast().body()).contains("\"changes\":1200"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowedWithTheSignature(int status) {
        try (Hearer elsewhere = Hearer.plain()) {
            chat.answers(status, "Location", elsewhere.url().toString());
            bench.notifies(NotifyBench.to(chat));
            bench.happens(1);
            heard(2);
            assertThat(elsewhere.heard).isEmpty();
            assertThat(chat.ids()).containsOnly(chat.ids().getFirst());
        }
    }

    @Test
    void anUnknownCertificateGetsNothingAndAKnownOneAll(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.ofLoopback();
        Path pem = Files.writeString(folder.resolve("ca.pem"), certificate.pem());
        try (Hearer tls = Hearer.tls(certificate.context());
                NotifyBench strict = new NotifyBench()) {
            strict.notifies(NotifyBench.to(tls));
            strict.happens(1);
            waitFor(() -> assertThat(strict.follower().up()).isFalse());
            assertThat(tls.heard).isEmpty();
            assertThat(strict.follower().problem()).contains("certification path");

            bench.notifies(new WebhookSettings(
                    "chat", tls.url(), List.of(Secret.of(NotifyBench.KEY)), Set.of(), new TlsTrust.Authority(pem)));
            bench.happens(1);
            waitFor(() -> assertThat(tls.heard).hasSize(1));
        }
    }
}
