package net.berth.lab;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a guest may be going through when its receiver dies. */
enum CrashedLife {
    FIRST_START_OF_A_VM(3) {
        @Override
        void prepare(LabLives lives, int vmid) {}

        @Override
        void begin(LabLives lives, int vmid) {
            lives.vm(vmid, "vm" + vmid, Map.of());
            lives.start(vmid);
        }

        // It booted while nobody answered: its first address is any that the router gives, until it asks again.
        @Override
        void afterwards(LabLives lives, int vmid) {
            await(vmid + " is mapped").atMost(LabLives.PATIENCE).until(() -> {
                String address = lives.address(vmid);
                return !address.isEmpty()
                        && lives.mapped(lives.mac(vmid, "net0")).equals(address);
            });
            if (!lives.up(vmid).equals(lives.address(vmid))) {
                LabLives.succeeded(lives.pve().reboot(vmid));
            }
        }
    },
    FIRST_START_OF_A_CONTAINER(3) {
        @Override
        void prepare(LabLives lives, int vmid) {}

        @Override
        void begin(LabLives lives, int vmid) {
            lives.container(vmid, "ct" + vmid, DHCP);
            lives.start(vmid);
        }
    },
    STOP(1) {
        @Override
        void begin(LabLives lives, int vmid) {
            LabLives.succeeded(lives.pve().stop(vmid));
        }
    },
    START(1) {
        @Override
        void prepare(LabLives lives, int vmid) {
            super.prepare(lives, vmid);
            lives.stop(vmid);
        }

        @Override
        void begin(LabLives lives, int vmid) {
            lives.start(vmid);
        }
    },
    RENAME(2) {
        @Override
        void begin(LabLives lives, int vmid) {
            lives.pve().set(vmid, Map.of("hostname", "renamed" + vmid));
        }
    },
    NEW_MAC(2) {
        @Override
        void begin(LabLives lives, int vmid) {
            LabLives.succeeded(lives.pve().stop(vmid));
            String mac = "BC:24:11:EE:00:%02X".formatted(vmid - 100);
            lives.pve().set(vmid, Map.of("net0", "name=eth0,bridge=vmbr0,hwaddr=" + mac + ",ip=dhcp"));
            lives.start(vmid);
        }
    },
    SECOND_NIC(3) {
        @Override
        void begin(LabLives lives, int vmid) {
            lives.pve().set(vmid, Map.of("net1", "name=eth1,bridge=vmbr0,ip=dhcp"));
        }

        @Override
        List<String> problems(LabLives lives, int vmid) {
            List<String> problems = new ArrayList<>(super.problems(lives, vmid));
            String address = lives.row(vmid, "net1").map(row -> row.address()).orElse("no row");
            String mapped = lives.mapped(lives.mac(vmid, "net1"));
            if (!mapped.equals(address) || !lives.pve().config(vmid, "net1").contains("ip=" + address + "/24")) {
                problems.add(vmid + ": net1 has " + address + " in NIPAP and " + mapped + " on the router");
            }
            return problems;
        }
    },
    DESTROY(4) {
        @Override
        void begin(LabLives lives, int vmid) {
            LabLives.succeeded(lives.pve().stop(vmid));
            LabLives.succeeded(lives.pve().destroy(vmid));
        }

        @Override
        List<String> problems(LabLives lives, int vmid) {
            return lives.house().nipap().hosts().stream()
                    .filter(row -> row.externalKey().contains(":" + vmid + ":"))
                    .map(row -> row.address() + " is still " + row.status())
                    .toList();
        }
    },
    NUMBER_USED_AGAIN(5) {
        @Override
        void begin(LabLives lives, int vmid) {
            LabLives.succeeded(lives.pve().stop(vmid));
            LabLives.succeeded(lives.pve().destroy(vmid));
            lives.container(vmid, "again" + vmid, DHCP);
            lives.start(vmid);
        }

        @Override
        List<String> problems(LabLives lives, int vmid) {
            List<String> problems = new ArrayList<>(super.problems(lives, vmid));
            lives.house().nipap().hosts().stream()
                    .filter(row -> row.node().equals("ct" + vmid))
                    .forEach(row -> problems.add(row.address() + " is still " + row.status() + " for ct" + vmid));
            return problems;
        }
    };

    private static final String DHCP = "name=eth0,bridge=vmbr0,ip=dhcp";
    private final int changes;

    CrashedLife(int changes) {
        this.changes = changes;
    }

    /** It takes at least this many calls that change something. */
    int changes() {
        return changes;
    }

    /** A container that runs, and agrees everywhere. */
    void prepare(LabLives lives, int vmid) {
        lives.runningContainer(vmid, "ct" + vmid);
        lives.settles(vmid);
    }

    /** What a person does; it works whether Berth lives or not. */
    abstract void begin(LabLives lives, int vmid);

    /** What a person would do once Berth is back; nothing, mostly. */
    void afterwards(LabLives lives, int vmid) {}

    /** What is not as it has to be in the end. */
    List<String> problems(LabLives lives, int vmid) {
        return LabGuestView.of(lives.house(), vmid).problems();
    }
}
