package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.MacAddress;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.guest.GuestConfigRule;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;

/** One test for each row of the table in {@link Planner}. */
class WhoWinsTest {
    private static final MacAddress LAPTOP = MacAddress.parse("02:00:00:00:00:01");

    @Test
    void nipapWinsOverAMappingAndARecordWithBerthsAddress() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.router.mappings.clear();
        world.router.records.clear();
        Mapping drifted = world.humanMapping("web", "192.168.1.20", LAPTOP);
        world.humanRecord("web.home.lan", "192.168.1.99");

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.nics().getFirst().states().dhcp()).isEqualTo(EntryState.DIFFERS);
        assertThat(plan.nics().getFirst().states().dns()).isEqualTo(EntryState.DIFFERS);
        assertThat(plan.changes(Change.Stage.ROUTER))
                .extracting(Change::reason)
                .first()
                .asString()
                .contains("NIPAP binds 192.168.1.20 to web (home/qemu/101) net0", drifted.toString());
        world.apply(plan);
        assertThat(world.router.mappings).singleElement().matches(found -> found.maps(TestGuest.mac(101, 0)));
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }

    @Test
    void nipapWinsOverTheGuestsFixedAddressWhereWritingIsSafe() {
        World world = World.isc().with(TestGuest.container(200, "dns")).settle(200);
        world.with(TestGuest.container(200, "dns").nic(0, Nets.LAN, "192.168.1.77/24,gw=192.168.1.1"));

        GuestPlan plan = world.plan(200);

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.changes(Change.Stage.GUEST)).singleElement().satisfies(change -> {
            assertThat(change.what()).isEqualTo("write 192.168.1.20/24 into the guest's config");
            assertThat(change.reason()).contains("its config says 192.168.1.77/24 via 192.168.1.1");
        });
    }

    @Test
    void nipapWinsButABootedMachineIsLeftAloneAndThatIsTold() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24").running());

        GuestPlan plan = world.plan(101);

        assertThat(plan.changes(Change.Stage.GUEST)).isEmpty();
        assertThat(plan.nics().getFirst().states().guest()).isEqualTo(EntryState.HELD);
        assertThat(plan.nics().getFirst().remarks().note()).startsWith("already booted with 192.168.1.77/24");
        assertThat(plan.state()).isEqualTo(GuestState.CONFLICT);
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.GUEST_DIFFERS);
            assertThat(conflict.message()).contains("configured with 192.168.1.77", "NIPAP binds 192.168.1.20");
            assertThat(conflict.fix()).contains("berth sync 101 --write-back");
        });
    }

    @Test
    void theGuestWinsWithAFreeAddressThatNipapDoesNotKnow() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24"));

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.77");
        assertThat(world.ledger.at("192.168.1.77").avp(RowAttributes.ORIGIN))
                .isEqualTo("the address in the guest's own config");
    }

    @Test
    void theRouterWinsWithAMappingForTheGuestsMac() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        Mapping mapping = world.humanMapping("printer", "192.168.1.88", TestGuest.mac(101, 0));

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.88");
        assertThat(world.router.mappings).as("it keeps its name").containsExactly(mapping);
        assertThat(world.ledger.at("192.168.1.88").avp(RowAttributes.MAPPING)).isEqualTo("printer");
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.88");
    }

    @Test
    void theHumanWinsWithARowForThisGuest() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        AddressRow human = world.taggedRow("192.168.1.66", "WEB");

        GuestPlan plan = world.plan(101);
        assertThat(plan.changes(Change.Stage.INTENT)).singleElement().satisfies(change -> {
            assertThat(change.what()).isEqualTo("adopt the row 192.168.1.66 in NIPAP");
            assertThat(change.reason()).isEqualTo("NIPAP has a hand-made row for web (home/qemu/101) net0");
        });
        world.settle(101);

        AddressRow row = world.ledger.at("192.168.1.66");
        assertThat(row.id()).isEqualTo(human.id());
        assertThat(row.externalKey()).isEqualTo("pve:home:qemu:101:net0");
        assertThat(row.source()).isEqualTo("berth");
        assertThat(row.avp("rack")).as("what else the human noted").isEqualTo("7");
        assertThat(world.ledger.rows()).hasSize(1);
    }

    @Test
    void aRowWithAKeyOfAnotherProgramIsNotAdopted() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        AddressRow other = world.ledger.add("192.168.1.66", "netbox", "netbox-12", "web", "");

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.ledger.rows()).contains(other);
    }

    @Test
    void theParentWinsOverItsClone() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web")
                        .nic(0, Nets.LAN, "192.168.1.50/24")
                        .running())
                .settle(101)
                .with(TestGuest.vm(102, "web-clone").nic(0, Nets.LAN, "192.168.1.50/24"));

        GuestPlan plan = world.plan(102);

        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ADDRESS_TAKEN);
            assertThat(conflict.message())
                    .isEqualTo("web-clone (home/qemu/102) net0 is configured with 192.168.1.50, which belongs to web"
                            + " (home/qemu/101 net0); its own address is 192.168.1.20");
        });
        assertThat(GuestConfigRule.duplicated(world.guest(102), RowIndex.of(world.ledger.rows())))
                .extracting(Object::toString)
                .containsExactly("home/qemu/101 net0");
        world.settle(102);
        assertThat(world.address(102, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(102).state())
                .as("its own address stands in its config")
                .isEqualTo(GuestState.SETTLED);
        assertThat(GuestConfigRule.duplicated(world.guest(102), RowIndex.of(world.ledger.rows())))
                .isEmpty();
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
    }

    @Test
    void theFirstOwnerOfANameWins() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.container(102, "web"))
                .settleAll();

        GuestPlan plan = world.plan(102);

        assertThat(plan.state()).isEqualTo(GuestState.CONFLICT);
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.NAME_TAKEN);
            assertThat(conflict.message())
                    .isEqualTo("the name web.home.lan belongs to home/qemu/101 net0 (192.168.1.20), which had it first;"
                            + " net0 of web (home/lxc/102) gets its address, but no DNS name");
            assertThat(conflict.fix()).contains("pct set 102 --hostname OTHER");
        });
        assertThat(plan.nics().getFirst().binding().fqdn()).isEmpty();
        assertThat(plan.nics().getFirst().states().dhcp()).isEqualTo(EntryState.OK);
        assertThat(plan.nics().getFirst().states().dns()).isEqualTo(EntryState.MISSING);
        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("web", "ct102-net0");
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
    }

    @Test
    void theMachineOnTheWireWinsOverANewBinding() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.lease("192.168.1.20", LAPTOP, World.NOW.plusSeconds(60));

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.21");
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void aMachineOnABoundAddressIsTold() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.lease("192.168.1.20", LAPTOP, World.NOW.plusSeconds(60));

        GuestPlan plan = world.plan(101);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ADDRESS_IN_USE);
            assertThat(conflict.message())
                    .isEqualTo("192.168.1.20 is bound to web (home/qemu/101) net0, but 02:00:00:00:00:01 (laptop) has a"
                            + " live lease on it until 2026-11-20T10:01:00Z");
        });
    }

    @Test
    void aMachineOnAnAddressThatAGuestAsksForIsToldAndNothingIsDone() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24"));
        world.lease("192.168.1.77", LAPTOP, World.NOW.plusSeconds(60));

        GuestPlan plan = world.plan(101);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.ADDRESS_IN_USE);
    }

    @Test
    void theGuestsOwnLeaseAndAnEndedOneAreNoMachineOnTheWire() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.lease("192.168.1.20", TestGuest.mac(101, 0), World.NOW.plusSeconds(60));
        world.lease("192.168.1.20", LAPTOP, World.NOW);

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
    }

    @Test
    void aHumansEntryInTheWayWins() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "nas"))
                .with(TestGuest.vm(103, "cam").nic(0, Nets.LAN, "192.168.1.33/24"))
                .with(TestGuest.vm(104, "old").nic(0, Nets.LAN, "192.168.1.44/24"));
        world.humanMapping("web", "192.168.1.5", LAPTOP);
        world.humanRecord("nas.home.lan", "192.168.1.6");
        world.humanRow("192.168.1.33", "camera");
        world.humanMapping("tv", "192.168.1.44", MacAddress.parse("02:00:00:00:00:02"));
        Foreign foreign = new Foreign(world);

        world.settleAll();

        foreign.assertUntouched(world, List.of());
        for (int vmid : world.guests.keySet()) {
            assertThat(world.plan(vmid).conflicts())
                    .as("guest %d", vmid)
                    .extracting(Conflict::code)
                    .containsExactly(vmid == 102 ? ConflictCode.NAME_TAKEN : ConflictCode.FOREIGN_ENTRY);
        }
        assertThat(world.router.mappings).extracting(Mapping::name).contains("vm101-net0", "vm102-net0");
        assertThat(world.plan(102).nics().getFirst().states().dns()).isEqualTo(EntryState.FOREIGN);
        assertThat(world.ledger.rows()).as("103 and 104 wait for a person").hasSize(3);
    }

    @Test
    void aHumansMappingOfTheGuestsMacElsewhereStays() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.router.mappings.clear();
        Mapping human = world.humanMapping("mine", "192.168.30.40", TestGuest.mac(101, 0));

        GuestPlan plan = world.plan(101);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.nics().getFirst().states().dhcp()).isEqualTo(EntryState.FOREIGN);
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> assertThat(conflict.message())
                .contains(human.toString(), "is not Berth's"));
    }

    @Test
    void theFirstOwnerOfAMacWins() {
        MacAddress mac = TestGuest.mac(101, 0);
        World world = World.isc()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "restored").nic(0, Nets.LAN, mac, "dhcp"))
                .settleAll();

        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.router.mappings).singleElement().matches(found -> found.addressText()
                .equals("192.168.1.20"));
        assertThat(world.plan(102).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.MAC_TAKEN);
            assertThat(conflict.message()).contains("has the MAC " + mac + " of home/qemu/101 net0 (192.168.1.20)");
        });
    }

    @Test
    void nobodyTouchesAGuestThatIsNotSelected() {
        World world = World.isc().with(TestGuest.vm(101, "web").unmanaged());
        world.humanRow("192.168.1.66", "web");

        GuestPlan plan = world.plan(101);

        assertThat(plan.managed()).isFalse();
        assertThat(plan.state()).isEqualTo(GuestState.UNMANAGED);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.mac()).isEqualTo(TestGuest.mac(101, 0).text());
            assertThat(nic.states().ipam()).hasToString("n/a");
        });
    }

    @Test
    void aGuestThatIsNoLongerSelectedKeepsAllItHas() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);

        assertThat(world.with(TestGuest.vm(101, "other").unmanaged()).plan(101).changes())
                .as("not even the row of its old name")
                .isEmpty();
    }
}
