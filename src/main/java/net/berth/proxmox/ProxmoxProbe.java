package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.SideBySide;
import net.berth.model.Guest;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;
import net.berth.security.ShellWord;

/** What the doctor and the setup read from Proxmox. All methods throw {@link PeerException} when there is no usable answer. */
public final class ProxmoxProbe implements AutoCloseable {
    private static final int TASKS = 200;
    private static final Pattern MISSING_SCRIPT = Pattern.compile(
            "script '([^']*)' (does not exist|is not executable)|'([^']*)' (is not in the snippets directory)");

    private final ProxmoxSettings settings;
    private final PveApi api;
    private final List<ProxmoxProbe> perUrl;

    /** Connects to nothing yet. */
    public ProxmoxProbe(ProxmoxSettings settings) {
        this.settings = settings;
        this.api = new PveApi(settings);
        this.perUrl = settings.urls().size() == 1
                ? List.of()
                : settings.urls().stream()
                        .map(url -> new ProxmoxProbe(settings.at(url)))
                        .toList();
    }

    /** One for each URL, which knows only that one. */
    public List<ProxmoxProbe> perUrl() {
        return perUrl.isEmpty() ? List.of(this) : perUrl;
    }

    /** Its first URL. */
    public String name() {
        return settings.urls().getFirst().toString();
    }

    /** The version, such as {@code 9.1.3}. */
    public String version() {
        return PveException.translating(() -> api.version().path("version").asText("?"));
    }

    /** The time of the node that answers, as HTTP writes it; empty when it does not send it. */
    public String date() {
        return PveException.translating(api::date);
    }

    /** The nodes with their states, {@code online} or another word. */
    public SortedMap<String, String> nodes() {
        SortedMap<String, String> nodes = new TreeMap<>();
        PveException.translating(api::nodes)
                .forEach(node -> nodes.put(
                        node.path("node").asText("?"), node.path("status").asText("unknown")));
        return nodes;
    }

    /** The node that answers, empty without the right to know it, and the addresses of the others by their names. */
    public record Members(String local, SortedMap<String, String> others) {}

    /** The members; only names and addresses that are of their form. */
    public Members members() {
        String local = "";
        SortedMap<String, String> others = new TreeMap<>();
        for (JsonNode line : PveException.translating(this::clusterStatus)) {
            String name = line.path("name").asText("");
            String address = line.path("ip").asText("");
            if (!line.path("type").asText("").equals("node") || !ShellWord.isHost(name)) {
                continue;
            }
            if (line.path("local").asText("").equals("1")) {
                local = name;
            } else if (IpAddress.isAddress(address)) {
                others.put(name, address);
            }
        }
        return new Members(local, others);
    }

    private List<JsonNode> clusterStatus() {
        try {
            return api.clusterStatus();
        } catch (PveException e) {
            if (e.error() instanceof PveError.Forbidden) {
                return List.of();
            }
            throw e;
        }
    }

    /** The rights that these networks and this policy need and the token lacks, the most important first. */
    public List<MissingRight> missingRights(List<Network> networks, Policy policy) {
        return new ProxmoxRights(api, settings.token().id()).missing(networks, policy);
    }

    /** The guests of the cluster that could be read, templates too, and why others could not. */
    public record Guests(List<Guest> all, List<String> problems) {}

    /** All guests with their configs. The wait for one of the parallel calls does not count against a call's deadline. */
    public Guests guests() {
        List<Guest> all = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        PveException.translating(() -> SideBySide.map(
                        new Cluster(api, settings.cluster()).inventory().guests(), this::read))
                .forEach(read -> {
                    all.addAll(read.all());
                    problems.addAll(read.problems());
                });
        return new Guests(List.copyOf(all), List.copyOf(problems));
    }

    private Guests read(Inventory.Entry entry) {
        try {
            Guest guest = GuestReader.guest(entry, api.config(entry.node(), entry.id()));
            return new Guests(List.of(guest), List.of());
        } catch (PveException e) {
            return new Guests(
                    List.of(), e.error() instanceof PveError.NoSuchConfig ? List.of() : List.of(e.explanation()));
        } catch (PeerException e) {
            return new Guests(List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /** The nodes on which the last start of a guest failed because of its hookscript (PVE::GuestHelpers), with the reason. */
    public SortedMap<String, String> startsWithoutHookscript() {
        SortedMap<String, String> failures = new TreeMap<>();
        nodes().forEach((name, status) -> {
            if (status.equals("online")) {
                String words = newestFailure(PveException.translating(() -> api.tasks(name, Map.of(), TASKS)));
                if (!words.isEmpty()) {
                    failures.put(name, words);
                }
            }
        });
        return failures;
    }

    /** Only the last start of each guest counts: a later success shows that the script is there again. */
    private static String newestFailure(List<JsonNode> newestFirst) {
        Set<String> seen = new HashSet<>();
        for (JsonNode task : newestFirst) {
            boolean start = task.path("type").asText("").matches("(?:qm|vz)start");
            if (start && seen.add(task.path("id").asText(""))) {
                Matcher missing = MISSING_SCRIPT.matcher(task.path("status").asText(""));
                if (missing.find()) {
                    return missing.group();
                }
            }
        }
        return "";
    }

    @Override
    public void close() {
        api.close();
        perUrl.forEach(ProxmoxProbe::close);
    }
}
