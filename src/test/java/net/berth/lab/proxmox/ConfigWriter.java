package net.berth.lab.proxmox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.berth.model.GuestType;

/** What a PUT of config keys does: check, lock, digest, re-print, apply live or keep pending. */
final class ConfigWriter {
    private static final String UNKNOWN_KEY =
            "property is not defined in schema and the schema does not allow additional properties";
    private static final Pattern QEMU_KEYS =
            Pattern.compile("(?:net|ipconfig|scsi|ide|sata|virtio|hostpci|serial|usb|unused)\\d+"
                    + "|name|description|tags|memory|cores|sockets|cpu|agent|onboot|boot|ostype|hotplug|protection|startup"
                    + "|nameserver|searchdomain|ciuser|cipassword|ciupgrade|citype|cicustom|sshkeys|hookscript|smbios1|vmgenid"
                    + "|scsihw|template|machine|bios|vga|meta|lock");
    private static final Pattern LXC_KEYS = Pattern.compile("(?:net|mp|dev|unused)\\d+"
            + "|hostname|description|tags|memory|cores|swap|onboot|ostype|protection|startup|arch|features|rootfs"
            + "|nameserver|searchdomain|hookscript|unprivileged|template|timezone|lock");
    private static final Pattern LIVE = Pattern.compile("(?:net|ipconfig)\\d+|name|hostname|description|tags|onboot"
            + "|nameserver|searchdomain|ci(?:user|password|upgrade|type|custom)|sshkeys|hookscript|protection|startup");
    private static final Pattern ON_MEDIUM = Pattern.compile(
            "ipconfig\\d+|name|nameserver|searchdomain|ci(?:user|password|upgrade|type|custom)|sshkeys");

    private final PveCluster cluster;

    ConfigWriter(PveCluster cluster) {
        this.cluster = cluster;
    }

    /** The values as the server will store them; wrong ones come as a 400. */
    Map<String, String> check(GuestType type, Map<String, String> values) {
        Map<String, String> errors = new HashMap<>();
        Map<String, String> stored = new TreeMap<>();
        values.forEach((key, value) -> {
            if (!(type == GuestType.QEMU ? QEMU_KEYS : LXC_KEYS).matcher(key).matches()) {
                errors.put(key, UNKNOWN_KEY);
                return;
            }
            try {
                stored.put(key, stored(type, key, value));
            } catch (Format.Refused e) {
                errors.put(key, "invalid format - " + e.getMessage());
            }
        });
        if (!errors.isEmpty()) {
            throw ApiFailure.parameters(errors);
        }
        return stored;
    }

    private String stored(GuestType type, String key, String value) {
        if (key.startsWith("net")) {
            return switch (type) {
                case QEMU -> cluster.formats.printQemu(value, cluster::newMac);
                case LXC -> cluster.formats.printLxc(value, cluster::newMac);
            };
        }
        if (key.startsWith("ipconfig")) {
            cluster.formats.ipconfig(value);
        }
        return value;
    }

    /** Takes the lock, compares the digest, writes. */
    void write(LabGuest guest, Map<String, String> checked, List<String> deletes, String digest) {
        guest.lock.hold(cluster.options.timings().lockWait(), () -> {
            if (!digest.isEmpty() && !digest.equals(guest.digest())) {
                throw ApiFailure.die(
                        guest.type == GuestType.QEMU
                                ? "checksum mismatch (file change by other user?)"
                                : "detected modified configuration - file changed by other user? Try again.");
            }
            String lock = guest.get("lock");
            if (!lock.isEmpty()) {
                throw ApiFailure.die((guest.type == GuestType.QEMU ? "VM" : "CT") + " is locked (" + lock + ")");
            }
            deletes.forEach(key -> delete(guest, key));
            checked.forEach((key, value) -> put(guest, key, value));
        });
    }

    private void delete(LabGuest guest, String key) {
        if (guest.state() == LabGuest.State.STOPPED || LIVE.matcher(key).matches()) {
            String old = guest.get(key);
            guest.remove(key);
            live(guest, key, old, "");
        } else {
            guest.addPendingDelete(key);
        }
    }

    private void put(LabGuest guest, String key, String value) {
        String old = guest.get(key);
        if (value.equals(old)) {
            guest.addPending(key, value);
            return;
        }
        if (guest.state() == LabGuest.State.STOPPED || LIVE.matcher(key).matches()) {
            guest.set(key, value);
            live(guest, key, old, value);
        } else {
            guest.addPending(key, value);
        }
    }

    private void live(LabGuest guest, String key, String old, String value) {
        if (guest.state() == LabGuest.State.STOPPED) {
            return;
        }
        if (guest.type == GuestType.QEMU && ON_MEDIUM.matcher(key).matches()) {
            guest.keepOnMedium(key, old);
        }
        if (key.startsWith("net")) {
            if (replugs(guest.type, old, value)) {
                guest.replugged();
            }
            if (guest.type == GuestType.LXC) {
                guest.machine.applyLive(Hardware.of(guest.type, guest.config(), cluster.formats));
            }
        }
    }

    /** The real comparison knows no upper and lower case: a MAC that only changed its case is another one. */
    private boolean replugs(GuestType type, String old, String value) {
        if (old.isEmpty() || value.isEmpty()) {
            return true;
        }
        List<String> identity = type == GuestType.QEMU ? List.of("model", "macaddr") : List.of("name", "hwaddr");
        return identity.stream()
                .anyMatch(key ->
                        !fields(type, old).get(key).equals(fields(type, value).get(key)));
    }

    private Map<String, String> fields(GuestType type, String text) {
        return type == GuestType.QEMU ? cluster.formats.qemuNet(text) : cluster.formats.lxcNet(text);
    }
}
