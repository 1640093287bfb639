package net.berth.lab;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.LabTask;
import net.berth.lab.proxmox.PveLab;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The main job as a story: each step is a thing that a person does, followed by what every system holds then. */
final class LabStory {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final LabHouse house;
    private final PveLab pve;
    private final PrintStream out;
    private final List<String> problems = new ArrayList<>();
    private int step;

    LabStory(LabHouse house, PrintStream out) {
        this.house = house;
        this.pve = house.pve();
        this.out = out;
    }

    /** Tells it; answers how many things were not as they should be. */
    int tell() {
        begin();
        cloneOfTemplate();
        startOfClone();
        startAtOnce();
        container();
        restart();
        stop();
        cloneWithParentsAddress();
        destroy();
        out.println(
                problems.isEmpty()
                        ? "All systems agreed at each of " + step + " steps."
                        : problems.size() + " things were not as they should be:");
        problems.forEach(problem -> out.println("  " + problem));
        return problems.size();
    }

    private void begin() {
        pve.createVm(
                9000,
                "pve1",
                Map.of(
                        "name", "debian-template",
                        "net0", "virtio,bridge=vmbr0",
                        "ide2", "local:vm-9000-cloudinit,media=cdrom",
                        "ipconfig0", "ip=dhcp",
                        "hookscript", house.hook()));
        pve.makeTemplate(9000);
        pve.createVm(150, "pve2", Map.of("name", "handmade", "net0", "virtio,bridge=vmbr0"));
        house.nipap().addHost("192.168.1.20", Map.of("node", "access-point", "description", "made by hand"));
        show("A template with the hookscript; a VM without it; a hand-made row in NIPAP; a printer on the router");
    }

    private void cloneOfTemplate() {
        pve.clone(9000, 101, "web");
        await("the poll gives the clone its address", () -> pve.config(101, "ipconfig0")
                .startsWith("ip=192"));
        show("qm clone 9000 101 --name web: found by the poll, its cloud-init config has the address before any start");
    }

    private void startOfClone() {
        start(101);
        await("web is up", () -> pve.machine(101).up() && agrees(101));
        show("qm start 101: comes up with the address from its own cloud-init image");
        check("cloud-init ran once in web", pve.machine(101).instances() == 1);
    }

    private void startAtOnce() {
        pve.clone(9000, 102, "db");
        start(102);
        await(
                "db is up and written",
                () -> agrees(102) && pve.config(102, "ipconfig0").startsWith("ip=192"));
        show(
                "qm clone 9000 102 --name db && qm start 102 at once: the mapping was there before its first DHCP request");
    }

    private void container() {
        pve.createContainer(
                201,
                "pve2",
                Map.of(
                        "hostname", "files",
                        "net0", "name=eth0,bridge=vmbr0,ip=dhcp,firewall=1",
                        "hookscript", house.hook()));
        start(201);
        await(
                "files is written live",
                () -> pve.config(201, "net0").contains("ip=192")
                        && pve.machine(201).up()
                        && agrees(201));
        show("pct start 201: the address is written into net0 and applied live");
        check("every other token of net0 is as it was", pve.config(201, "net0").contains("firewall=1"));
        check("its NIC was not unplugged", pve.replugs(201) == 0);
    }

    private void restart() {
        int commits = house.router().counters().commits();
        int adds = house.nipap().calls("add_prefix");
        ended(pve.reboot(101));
        await("web is up again", () -> pve.machine(101).up() && agrees(101));
        show("qm reboot 101: settled, so no commit on the router and no new row");
        check("no commit", house.router().counters().commits() == commits);
        check("no add_prefix", house.nipap().calls("add_prefix") == adds);
        check("cloud-init did not run again in web", pve.machine(101).instances() == 1);
    }

    private void stop() {
        ended(pve.stop(101));
        await("web is reserved", () -> agrees(101));
        show("qm stop 101: a stop keeps address, mapping and name");
    }

    private void cloneWithParentsAddress() {
        pve.clone(101, 103, "web-copy");
        String parents = pve.config(101, "ipconfig0");
        boolean raced = !pve.config(103, "ipconfig0").equals(parents);
        LabTask first = pve.start(103);
        if (!raced && first.exitStatus().equals("OK")) {
            problems.add("web-copy started with the address of web");
        }
        heading(
                "qm clone 101 103 && qm start 103: it carries its parent's address, so the start is refused and its own written");
        first.log().stream().map(line -> "    " + line).forEach(out::println);
        await("web-copy has its own address", () -> {
            String own = pve.config(103, "ipconfig0");
            return own.startsWith("ip=192") && !own.equals(parents) && agrees(103);
        });
        table();
        start(103);
        await("web-copy is up", () -> pve.machine(103).up() && agrees(103));
        show("qm start 103 again: comes up with its own address");
    }

    private void destroy() {
        String foreign = house.nipap().dump(row -> !row.source().equals("berth"));
        ended(pve.stop(103));
        ended(pve.destroy(103));
        await(
                "web-copy rests",
                () -> rows(row -> row.node().equals("web-copy") && row.status().equals("quarantine")));
        await("web-copy is off the router", () -> house.router().mappings().stream()
                .noneMatch(line -> line.contains("web-copy")));
        show("qm destroy 103: name and mapping go, the address rests");
        await("its address is free", () -> !rows(row -> row.node().equals("web-copy")));
        show("after release-after: the row is gone");
        check(
                "rows of others are as they were",
                house.nipap().dump(row -> !row.source().equals("berth")).equals(foreign));
        check(
                "the printer's mapping is as it was",
                house.router().mappings().stream().anyMatch(line -> line.contains("printer")));
    }

    private boolean rows(Predicate<LabRow> which) {
        return house.nipap().hosts().stream().anyMatch(which);
    }

    private boolean agrees(int vmid) {
        return LabGuestView.of(house, vmid).problems().isEmpty();
    }

    private void start(int vmid) {
        LabTask task = pve.start(vmid);
        task.log().stream().map(line -> "    " + line).forEach(out::println);
        ended(task);
    }

    private void ended(LabTask task) {
        if (!task.exitStatus().equals("OK")) {
            problems.add("step " + (step + 1) + ": " + task.exitStatus());
        }
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(condition);
        } catch (ConditionTimeoutException late) {
            problems.add("step " + (step + 1) + ": " + what + ": not within " + PATIENCE.toSeconds() + " s");
        }
    }

    private void check(String what, boolean holds) {
        if (!holds) {
            problems.add("step " + step + ": not so: " + what);
        }
    }

    private void show(String title) {
        heading(title);
        table();
    }

    private void heading(String title) {
        step++;
        out.println();
        out.println(step + ". " + title);
    }

    private void table() {
        LabView view = house.view();
        view.table().lines().map(line -> "   " + line).forEach(out::println);
        view.problems().forEach(problem -> problems.add("step " + step + ": " + problem));
        out.flush();
    }
}
