package net.berth.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;

/** Builds a guest: stopped, managed, one NIC on the LAN with DHCP, unless told otherwise. */
public final class TestGuest {
    private final GuestId id;
    private String name;
    private GuestStatus status = GuestStatus.STOPPED;
    private String lock = "";
    private String uuid;
    private boolean cloudInit;
    private String hook = "local:snippets/berth-hook";
    private final List<String> tags = new ArrayList<>();
    private final List<Nic> nics = new ArrayList<>();

    private TestGuest(GuestType type, int vmid, String name) {
        this.id = new GuestId("home", type, vmid);
        this.name = name;
        this.cloudInit = type == GuestType.QEMU;
        this.uuid = type == GuestType.QEMU ? "uuid-" + vmid : "";
    }

    /** A machine with a cloud-init drive. */
    public static TestGuest vm(int vmid, String name) {
        return new TestGuest(GuestType.QEMU, vmid, name);
    }

    public static TestGuest container(int vmid, String name) {
        return new TestGuest(GuestType.LXC, vmid, name);
    }

    public static MacAddress mac(int vmid, int index) {
        return MacAddress.parse("BC:24:11:%02X:%02X:%02X".formatted(vmid >> 8 & 0xFF, vmid & 0xFF, index));
    }

    /** {@code dhcp}, {@code none}, {@code manual}, {@code 192.168.1.50/24}, or that with {@code ,gw=192.168.1.1}. */
    static NicConfig config(String text) {
        return switch (text) {
            case "dhcp" -> new NicConfig.Dhcp();
            case "none" -> new NicConfig.None();
            case "manual" -> new NicConfig.Other("ip=manual");
            case "ignored: cicustom" -> new NicConfig.Ignored("cicustom");
            default -> {
                String[] parts = text.split(",gw=", 2);
                yield new NicConfig.Static(InterfaceAddress.parse(parts[0]), parts.length > 1 ? parts[1] : "");
            }
        };
    }

    public TestGuest nic(int index, Network network, String config) {
        return nic(index, network, mac(id.vmid(), index), config);
    }

    public TestGuest nic(int index, Network network, MacAddress mac, String config) {
        nics.add(new Nic(new NicId(id, index), mac, network.bridge(), network.vlan(), config(config)));
        return this;
    }

    public TestGuest running() {
        status = GuestStatus.RUNNING;
        return this;
    }

    public TestGuest status(GuestStatus wanted) {
        status = wanted;
        return this;
    }

    public TestGuest locked(String word) {
        lock = word;
        return this;
    }

    TestGuest uuid(String text) {
        uuid = text;
        return this;
    }

    public TestGuest withoutCloudInit() {
        cloudInit = false;
        return this;
    }

    public TestGuest tagged(String tag) {
        tags.add(tag);
        return this;
    }

    TestGuest unmanaged() {
        hook = "";
        return this;
    }

    Guest build() {
        if (nics.isEmpty()) {
            nic(0, Nets.LAN, "dhcp");
        }
        Duration uptime = status == GuestStatus.RUNNING ? Duration.ofHours(1) : Duration.ZERO;
        return new Guest(id, name, "pve1", status, uptime, false, lock, uuid, cloudInit, hook, tags, nics);
    }
}
