package net.berth.model;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One guest as Proxmox has it now.
 *
 * @param name VM name or container host name; empty when it has none
 * @param uptime since its start; zero when it does not run
 * @param lock the config's {@code lock} property such as {@code backup}; empty when there is none
 * @param uuid the smbios uuid of a VM; empty for containers
 * @param cloudInit whether a VM has a cloud-init drive; containers: false
 * @param hookscript the volume id of its hookscript; empty when there is none
 * @param nics its NICs, by index
 */
public record Guest(
        GuestId id,
        String name,
        String node,
        GuestStatus status,
        Duration uptime,
        boolean template,
        String lock,
        String uuid,
        boolean cloudInit,
        String hookscript,
        List<String> tags,
        List<Nic> nics) {

    /** An address that an interface of a running guest has, as it says; bridges in it may share their NIC's MAC. */
    public record LiveAddress(MacAddress mac, IpAddress address) {}

    /** Copies the lists, and bounds the names. */
    public Guest {
        name = ShownText.NAME.cut(name);
        node = ShownText.NAME.cut(node);
        tags = List.copyOf(tags);
        nics = List.copyOf(nics);
    }

    /** Whether its config has a place for an address: containers always, VMs with a cloud-init drive. */
    public boolean takesAddress() {
        return id.type() == GuestType.LXC || cloudInit;
    }

    /** The fixed addresses in its config, where they take effect. */
    public Stream<IpAddress> fixedAddresses() {
        return nics.stream()
                .filter(nic -> takesAddress())
                .flatMap(nic -> nic.config() instanceof NicConfig.Static fixed
                        ? Stream.of(fixed.address().address())
                        : Stream.empty());
    }

    /** All fixed addresses in its config, also those that take no effect any more: no other guest may get them. */
    public Stream<IpAddress> namedAddresses() {
        Stream<IpAddress> ignored = nics.stream()
                .flatMap(nic ->
                        nic.config() instanceof NicConfig.Ignored other ? other.addresses().stream() : Stream.empty());
        return Stream.concat(fixedAddresses(), ignored);
    }

    /** Whether it runs now. */
    public boolean running() {
        return status == GuestStatus.RUNNING;
    }

    /** The guest with another name and other NICs. */
    public Guest with(String otherName, List<Nic> otherNics) {
        return new Guest(
                id, otherName, node, status, uptime, template, lock, uuid, cloudInit, hookscript, tags, otherNics);
    }

    /** The guest with an address in its config. */
    public Guest with(AddressWrite written) {
        List<Nic> changed = nics.stream()
                .map(nic -> nic.id().equals(written.nic()) ? nic.with(written.wanted()) : nic)
                .toList();
        return with(name, changed);
    }

    /** A name for messages: {@code web (home/qemu/101)}. */
    public String title() {
        return name.isEmpty() ? id.toString() : name + " (" + id + ")";
    }
}
