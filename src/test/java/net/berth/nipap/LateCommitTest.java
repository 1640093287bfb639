package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.engine.port.Ipam.Claim;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.model.row.AddressRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** NIPAP's database gives out a row's id before the row can be seen: the older row may be the later one. */
@Timeout(30)
class LateCommitTest {
    private final LabNipap lab = LabNipap.start(0, 4);
    private final NipapIpam early;
    private final NipapIpam late;

    LateCommitTest() {
        lab.addAssignment(IpamFixture.LAN, "lan");
        early = IpamFixture.ipam(lab);
        late = IpamFixture.ipam(lab);
    }

    @AfterEach
    void close() {
        early.close();
        late.close();
        lab.close();
    }

    @Test
    void aRowWithALowerIdThatCommitsLaterDoesNotTakeTheAddressThatAnotherWasPromised() {
        CountDownLatch hasId = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        lab.hooks().onBeforeInsert(prefix -> {
            if (first.getAndSet(false)) {
                hasId.countDown();
                await(goOn);
            }
        });
        CompletableFuture<Claim> slow =
                CompletableFuture.supplyAsync(() -> late.claim(IpamFixture.row(101, "192.168.1.20")));
        await(hasId);
        AddressRow promised = IpamFixture.made(early, 101, "192.168.1.30");
        goOn.countDown();
        assertThat(slow.join()).isEqualTo(new Claim.Had(promised));
        assertThat(lab.hosts()).extracting(LabRow::address).containsExactly("192.168.1.30");
    }

    @Test
    void aClaimWhoseMakerDiedIsFinishedByTheNext() {
        lab.hooks().onCall(method -> {
            if (method.equals("edit_prefix")) {
                late.close();
            }
        });
        CompletableFuture<Claim> dying =
                CompletableFuture.supplyAsync(() -> late.claim(IpamFixture.row(101, "192.168.1.20")));
        assertThat(dying).failsWithin(10, TimeUnit.SECONDS);
        lab.hooks().onCall(method -> {});
        assertThat(early.claim(IpamFixture.row(101, "192.168.1.30"))).isInstanceOf(Claim.Had.class);
        assertThat(lab.hosts()).singleElement().satisfies(row -> {
            assertThat(row.address()).isEqualTo("192.168.1.20");
            assertThat(row.tags()).containsExactly("berth");
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
