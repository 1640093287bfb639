package net.berth.nipap;

import java.time.Duration;
import java.util.Random;
import net.berth.lab.nipap.LabNipap;

/** The client for tests of other packages: as it is, but that it hardly pauses between its attempts. */
public final class QuickNipap {
    private QuickNipap() {}

    /** A client of the stand-in's default VRF, with pauses of a hundredth. */
    public static NipapIpam of(LabNipap lab, Random random) {
        NipapSettings settings = new NipapSettings(
                lab.url(), LabNipap.USER, () -> LabNipap.PASSWORD, "default", Duration.ofSeconds(5), 1 << 26);
        return new NipapIpam(settings, random, time -> Thread.sleep(time.dividedBy(100)));
    }
}
