package net.berth.lab;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.berth.lab.proxmox.PveLab;

/** The commands that a test cannot run, and the form that each must have; guests' settings go to the stand-in. */
final class DocForms {
    private static final String NAME = "[\\w@.!-]+";
    /** Program, and what may stand behind it; why it is not run. */
    private static final Map<String, Pattern> FORMS = Map.ofEntries(
            // Root on a node.
            form("qm", "list|config \\d+"),
            form(
                    "pct",
                    "list",
                    "create \\d+ local:vztmpl/[\\w.-]+ --hostname \\w+ --unprivileged 1 --features nesting=1 --cores 1"
                            + " --memory 512 --rootfs local-lvm:\\d --net0 name=eth0,bridge=\\w+,ip=[\\d./]+,gw=[\\d.]+ --onboot 1",
                    "start \\d+",
                    "push \\d+ berth_[\\d.]+_amd64\\.deb \\S*/opt/berth_[\\d.]+_amd64\\.deb",
                    "exec \\d+ -- (?:apt-get update|apt-get install -y \\S*/opt/berth_[\\d.]+_amd64\\.deb|berth init)"),
            form("pveam", "update|available --section system|download local debian-13-standard_[\\w.-]+\\.tar\\.zst"),
            form(
                    "pveum",
                    "role add \\w+ --privs PRIVS|role modify \\w+ --append(?: 1)? --privs PRIVS|role delete \\w+",
                    "user (?:add|delete) " + NAME,
                    "user token add " + NAME + " \\w+(?: --privsep 0)?",
                    "acl modify / --(?:users|tokens) " + NAME + " --roles \\w+"),
            form("pvesm", "set local --content (?:iso|vztmpl|backup|snippets|,)+"),
            form("ssh", "root@\\w+ (?:mkdir -p|chmod 755|sha256sum) \\S+/var/lib/vz/snippets(?:/berth-hook)?"),
            form("scp", "-p berth-hook root@\\w+:\\S*/var/lib/vz/snippets/berth-hook"),
            // The machine's service manager and package manager.
            form("systemctl", "daemon-reload|(?:(?:enable|disable) --now|edit|restart) berth"),
            form("journalctl", "-u berth(?: -n \\d+| -o cat| -p warning)?"),
            form(
                    "docker",
                    "load -i berth_[\\d.]+_image\\.tar",
                    "run --rm -it --user 0 -v \\./berth:\\S*/etc/berth berth:[\\d.]+ init --listen 0\\.0\\.0\\.0:8480",
                    "compose (?:up -d|exec berth berth plan)"),
            form("chown", "-R 65534:65534 berth|root:adm \\S*/etc/berth/api-read\\.token"),
            form(
                    "apt",
                    "install git maven openjdk-21-jdk-headless",
                    "install \\./(?:target/)?berth_(?:[\\d.]+|\\*)_amd64\\.deb"),
            // What these tests are a part of.
            form(
                    "mvn",
                    "verify|-q (?:-P(?:deb|image) )?-DskipTests package(?: exec:exec@lab)?|test -Dtest=\\S+(?: -Dberth\\.crash=changes)?"),
            // Programs of others, on other machines.
            form(
                    "nipap",
                    "address list [\\d./]+",
                    "address modify [\\d./]+ set (?:node|pool) \\w+",
                    "pool add name \\w+ description \\w+ default-type host ipv4_default_prefix_length 32"),
            form("nipap-passwd", "add -u berth -p PASSWORD -n Berth"),
            form("promtool", "check rules docs/alerts\\.yaml"));

    static final Set<String> PROGRAMS = FORMS.keySet();
    private static final Set<String> PRIVILEGES = Set.of(
            "VM.Audit",
            "VM.Config.Network",
            "VM.Config.Cloudinit",
            "SDN.Use",
            "Sys.Audit",
            "VM.Monitor",
            "VM.GuestAgent.Audit");

    private DocForms() {}

    private static Map.Entry<String, Pattern> form(String program, String... forms) {
        String all = String.join("|", forms).replace("PRIVS", "(?<privs>[\\w. ]+)");
        // A group may have its name once.
        int first = all.indexOf("(?<privs>");
        String once = first < 0
                ? all
                : all.substring(0, first + 9) + all.substring(first + 9).replace("(?<privs>", "(");
        return Map.entry(program, Pattern.compile(once));
    }

    /** What is wrong with a command; empty when nothing is. */
    static String check(List<String> words, PveLab pve) {
        String program = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        if (Set.of("qm", "pct").contains(program) && rest.getFirst().equals("set")) {
            return set(program, rest, pve);
        }
        if (!FORMS.get(program).matcher(String.join(" ", rest)).matches()) {
            return "not a known form: " + String.join(" ", words);
        }
        int privileges = rest.indexOf("--privs") + 1;
        return privileges == 0
                ? ""
                : Stream.of(rest.get(privileges).split(" ", -1))
                        .filter(word -> !PRIVILEGES.contains(word))
                        .map(word -> "no such privilege: " + word)
                        .findFirst()
                        .orElse("");
    }

    /** Containers have a hundred more here than in the pages, where one number stands for either kind. */
    private static String set(String program, List<String> rest, PveLab pve) {
        int vmid = Integer.parseInt(rest.get(1)) + (program.equals("pct") ? 100 : 0);
        try {
            for (int i = 2; i < rest.size(); i += 2) {
                String key = rest.get(i).substring(2);
                String value = rest.get(i + 1);
                if (key.equals("delete")) {
                    pve.unset(vmid, value);
                } else {
                    pve.set(vmid, Map.of(key, value));
                }
            }
            return "";
        } catch (RuntimeException refused) {
            return "refused: " + program + " " + String.join(" ", rest) + ": " + refused;
        }
    }
}
