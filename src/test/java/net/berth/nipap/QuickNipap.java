package net.berth.nipap;

import java.time.Duration;
import java.util.Random;
import net.berth.lab.nipap.LabNipap;
import net.berth.security.Secret;

/** The client for tests of other packages: as it is, but that it hardly pauses between its attempts. */
public final class QuickNipap {
    private QuickNipap() {}

    /** A client of the stand-in's default VRF, with pauses of a hundredth. */
    public static NipapIpam of(LabNipap lab, Random random) {
        return of(lab, LabNipap.USER, LabNipap.PASSWORD, "default", random);
    }

    /** As another user, or in another VRF. */
    public static NipapIpam of(LabNipap lab, String user, String password, String vrf, Random random) {
        NipapSettings settings =
                new NipapSettings(lab.url(), user, Secret.of(password), vrf, Duration.ofSeconds(5), 1 << 26);
        return new NipapIpam(settings, random, time -> Thread.sleep(time.dividedBy(100)));
    }
}
