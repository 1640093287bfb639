package net.berth.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.berth.model.Guest;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.Policy;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;

/** Makes worlds and mishaps from a seed: equal seeds, equal worlds. */
final class Chaos {
    private static final List<String> NAMES =
            List.of("web", "Web", "web.home.lan", "db", "a", "", "web-net1", "printer", "vm101", "nas");

    private final Random random;
    private final World world;
    private final List<Guest> gone = new ArrayList<>();
    private int lastMac = 0x9000;

    Chaos(long seed) {
        random = new Random(seed);
        world = random.nextBoolean() ? World.dnsmasq() : World.isc();
        world.writeBack = pick(List.of(Policy.WriteBack.values()));
        foreigners();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            world.with(guest(101 + i));
        }
    }

    World world() {
        return world;
    }

    /** Entries of people and machines that Berth has nothing to do with, some of them in its way. */
    private void foreigners() {
        world.humanRow("192.168.1.20", "switch");
        world.humanRow("192.168.30.10", "camera");
        world.humanMapping("tv", "192.168.1.21", MacAddress.parse("02:00:00:00:00:01"));
        world.router.mappings.add(new Mapping("LAN", "192.168.1.0/24", "half", "", "", false));
        world.humanRecord("files.home.lan", "192.168.1.22", "fd00::22");
        world.router.addRecord(
                new DnsRecord(DnsRecord.Kind.OPTION, "proxy.home.lan", List.of("proxy"), List.of("192.168.1.23")));
        world.lease("192.168.1.24", MacAddress.parse("02:00:00:00:00:02"), World.NOW.plusSeconds(600));
        world.lease("192.168.1.26", MacAddress.parse("02:00:00:00:00:03"), World.NOW.minusSeconds(600));
        if (random.nextInt(3) == 0) {
            world.humanRecord("nas.home.lan", "192.168.1.5");
        }
        if (random.nextInt(3) == 0) {
            world.humanMapping("db", "192.168.1.6", MacAddress.parse("02:00:00:00:00:04"));
        }
        if (random.nextInt(3) == 0) {
            world.taggedRow("192.168.1.90", "db");
        }
        if (random.nextInt(3) == 0) {
            world.humanMapping("printer", "192.168.1.91", TestGuest.mac(102, 0));
        }
    }

    private TestGuest guest(int vmid) {
        String name = pick(NAMES);
        TestGuest guest = random.nextInt(3) == 0 ? TestGuest.container(vmid, name) : TestGuest.vm(vmid, name);
        int nics = 1 + random.nextInt(2);
        for (int i = 0; i < nics; i++) {
            guest.nic(i, pick(List.of(Nets.LAN, Nets.LAN, Nets.IOT)), pick(configs()));
        }
        return random.nextBoolean() ? guest.running() : guest;
    }

    private static List<String> configs() {
        return List.of(
                "dhcp",
                "dhcp",
                "none",
                "manual",
                "192.168.1.50/24",
                "192.168.1.50/24,gw=192.168.1.1",
                "192.168.1.20/24",
                "192.168.30.60/24",
                "192.168.1.25/24",
                "10.0.0.5/24");
    }

    /** One thing that happens to a home's guests and routers. */
    String mishap() {
        List<Integer> vmids = List.copyOf(world.guests.keySet());
        int vmid = pick(vmids);
        Guest guest = world.guest(vmid);
        return switch (random.nextInt(12)) {
            case 0 -> {
                String name = pick(NAMES);
                world.guests.put(vmid, GuestEdits.named(guest, name));
                yield vmid + " is called " + name;
            }
            case 1 -> {
                world.guests.put(vmid, GuestEdits.eachNic(guest, nic -> with(nic, newMac(), netOf(nic))));
                yield vmid + " has new MACs";
            }
            case 2 -> {
                world.guests.put(vmid, GuestEdits.eachNic(guest, nic -> with(nic, nic.mac(), pick(Nets.ALL))));
                yield vmid + " is moved to other bridges";
            }
            case 3 -> {
                List<Nic> nics = new ArrayList<>(guest.nics());
                if (!nics.isEmpty()) {
                    nics.remove(random.nextInt(nics.size()));
                }
                world.guests.put(vmid, GuestEdits.withNics(guest, nics));
                yield vmid + " loses a NIC and has " + nics.size();
            }
            case 4 -> {
                world.with(guest(vmid));
                world.guests.compute(
                        vmid, (id, made) -> GuestEdits.eachNic(made, nic -> with(nic, newMac(), netOf(nic))));
                yield vmid + " is another machine now";
            }
            case 5 -> {
                yield drift();
            }
            case 6 -> {
                int next = 150 + random.nextInt(20);
                world.with(guest(next));
                yield next + " is new";
            }
            case 8 -> {
                int next = 150 + random.nextInt(20);
                world.guests.put(next, GuestEdits.numbered(guest, next));
                yield next + " is restored beside " + vmid + ", with its MACs and config";
            }
            case 9 -> {
                Nic nic = guest.nics().isEmpty() ? lan(vmid) : guest.nics().getFirst();
                String address = world.anyAddress(vmids);
                int next = 150 + random.nextInt(20);
                TestGuest clone = TestGuest.vm(next, guest.name()).nic(0, netOf(nic), address + "/24");
                world.with(random.nextBoolean() ? clone : clone.running());
                yield next + " is a clone of " + vmid + " with the address " + address;
            }
            case 10 -> {
                if (world.guests.size() > 1) {
                    gone.add(world.guests.remove(vmid));
                    world.release(guest.id());
                }
                yield vmid + " is destroyed";
            }
            case 11 -> {
                gone.forEach(back -> world.guests.putIfAbsent(back.id().vmid(), back));
                String who = gone.stream().map(Guest::title).toList() + " are restored from backup";
                gone.clear();
                yield who;
            }
            case 7 -> {
                world.now = world.now.plusSeconds(random.nextInt(100_000));
                yield "time goes on";
            }
            default -> {
                world.guests.put(
                        vmid,
                        GuestEdits.eachNic(
                                guest,
                                nic -> new Nic(
                                        nic.id(),
                                        nic.mac(),
                                        nic.bridge(),
                                        nic.vlan(),
                                        TestGuest.config(pick(configs())))));
                yield vmid + " has other addresses in its config";
            }
        };
    }

    /** Somebody changes one thing of what Berth wrote on the router. */
    private String drift() {
        if (random.nextBoolean() && !world.router.records.isEmpty()) {
            DnsRecord record = pick(world.router.records);
            if (isBerths(record.addresses().getFirst())) {
                world.router.records.remove(record);
                if (random.nextBoolean() && isLiveName(record.name())) {
                    List<String> addresses = List.of("192.168.1.7" + random.nextInt(10));
                    world.router.addRecord(new DnsRecord(record.kind(), record.name(), record.aliases(), addresses));
                    return record + " leads to " + addresses;
                }
                return record + " is deleted";
            }
        }
        if (!world.router.mappings.isEmpty()) {
            Mapping mapping = pick(world.router.mappings);
            if (isBerths(mapping.addressText())) {
                world.router.mappings.remove(mapping);
                return mapping + edited(mapping);
            }
        }
        return "nothing";
    }

    private String edited(Mapping mapping) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                String address = mapping.subnet().replaceAll("0/24", "7" + random.nextInt(10));
                world.router.addMapping(mapping.name(), address, mapping.macText());
                yield " is for " + address;
            }
            case 1 -> {
                String mac = newMac().lowerCase();
                world.router.addMapping(mapping.name(), mapping.addressText(), mac);
                yield " has the MAC " + mac;
            }
            default -> {
                world.router.addMapping(mapping.name() + "x", mapping.addressText(), mapping.macText());
                yield " is renamed";
            }
        };
    }

    private boolean isLiveName(String name) {
        return world.ledger.rows().stream()
                .anyMatch(row ->
                        row.ours() && !row.quarantined() && row.description().equalsIgnoreCase(name));
    }

    /** Whether a row of a guest that is there has the address. */
    private boolean isBerths(String address) {
        return world.ledger.rows().stream()
                .filter(row -> row.address().toString().equals(address))
                .flatMap(row -> row.nic().stream())
                .anyMatch(nic -> world.guests.values().stream()
                        .anyMatch(guest -> guest.id().equals(nic.guest())));
    }

    private static Network netOf(Nic nic) {
        return Network.of(nic, Nets.ALL).orElseThrow();
    }

    private static Nic with(Nic nic, MacAddress mac, Network network) {
        return new Nic(nic.id(), mac, network.bridge(), network.vlan(), nic.config());
    }

    private static Nic lan(int vmid) {
        return TestGuest.vm(vmid, "").build().nics().getFirst();
    }

    private MacAddress newMac() {
        return TestGuest.mac(++lastMac, 9);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
