package net.berth.nipap.xmlrpc;

import java.net.URI;
import java.time.Duration;
import net.berth.lab.nipap.LabNipap;
import net.berth.nipap.NipapSettings;
import net.berth.security.Secret;

/** Settings for tests. */
public final class Settings {
    private Settings() {}

    public static NipapSettings of(URI url) {
        return within(url, Duration.ofSeconds(10), NipapSettings.DEFAULT_BYTE_LIMIT);
    }

    static NipapSettings within(URI url, Duration deadline, long byteLimit) {
        return new NipapSettings(url, LabNipap.USER, Secret.of(LabNipap.PASSWORD), "default", deadline, byteLimit);
    }
}
