package net.berth.lab.nipap;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A stand-in for nipapd 0.32.7 that speaks its XML-RPC on the loopback: rows, rules, faults and races as measured on the
 * real one. Its own state is reached by the methods here, past the wire and uncounted.
 */
public final class LabNipap implements AutoCloseable {
    /** A user that may do all, there from the start. */
    public static final String USER = "berth";

    /** Password of {@link #USER}. */
    public static final String PASSWORD = "berth-nipap";

    /** As many as nipapd starts on two cores. */
    private static final int PROCESSES = 2;

    private volatile HttpServer server;
    private final NipapHttp http;
    private final Methods methods;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PlanTable table = new PlanTable();
    private final Vrfs vrfs = new Vrfs();
    private final Hooks hooks = new Hooks();
    private final Mishaps mishaps = new Mishaps();
    private final Counters counters = new Counters();
    private final Users users = new Users();
    private final Queue<byte[]> requests = new ConcurrentLinkedQueue<>();

    private LabNipap(int port, int processes) {
        users.add(USER, PASSWORD);
        methods = new Methods(table, vrfs, hooks, mishaps, counters);
        http = new NipapHttp(new Processes(processes, users), methods, requests::add);
        server = listen(port);
    }

    private HttpServer listen(int port) {
        // The server of JDK 21 holds the end of an answer back for 40 ms otherwise, which nipapd does not.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            fresh.setExecutor(threads);
            fresh.createContext("/", http::handle);
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's NIPAP cannot listen on port " + port, e);
        }
    }

    /** Ends all connections, calls under way too, and listens again where it did; its rows stay. */
    public synchronized void restart() {
        int port = server.getAddress().getPort();
        server.stop(0);
        server = listen(port);
    }

    /** Starts on any free port. */
    public static LabNipap start() {
        return start(0);
    }

    /** Starts on this port of the loopback; 0 for any. */
    public static LabNipap start(int port) {
        return start(port, PROCESSES);
    }

    /** Starts with this many server processes; races between calls need two at least. */
    public static LabNipap start(int port, int processes) {
        return new LabNipap(port, processes);
    }

    /** Where it listens. */
    public URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort() + "/XMLRPC");
    }

    /** What is to go wrong. */
    public Mishaps mishaps() {
        return mishaps;
    }

    /** Places to step in between. */
    public Hooks hooks() {
        return hooks;
    }

    /** Who may log in. */
    public Users users() {
        return users;
    }

    /** Makes a VRF and answers its id. */
    public int addVrf(String name, String rt) {
        return vrfs.add(Map.of("name", name, "rt", rt)).id();
    }

    /** Makes an assignment in the default VRF, as a person would: source {@code nipap}. */
    public void addAssignment(String prefix, String description) {
        add(0, prefix, "assignment", Map.of("description", description));
    }

    /** Makes a reservation in the default VRF. */
    public void addReservation(String prefix, String description) {
        add(0, prefix, "reservation", Map.of("description", description));
    }

    /** Makes a host row by hand in the default VRF; {@code address} without a mask. Answers its id. */
    public int addHost(String address, Map<String, ?> attributes) {
        return add(0, address, "host", attributes);
    }

    /** Makes a pool of hosts; a row becomes a member by its {@code pool_name}. */
    public void addPool(String name) {
        methods.addPool(
                Map.of("name", name, "description", name, "default_type", "host", "ipv4_default_prefix_length", 32));
    }

    /** Makes a prefix a member of a pool. */
    public void joinPool(String prefix, String pool) {
        Map<String, Object> attr = new LinkedHashMap<>(Map.of("pool_name", pool));
        methods.resolvePool(attr);
        table.update(isHost(prefix), attr);
    }

    /** Makes any row; {@code authoritative_source} is {@code nipap} unless given. Answers its id. */
    public int add(int vrf, String prefix, String type, Map<String, ?> attributes) {
        Map<String, Object> attr = new LinkedHashMap<>();
        attr.put("authoritative_source", "nipap");
        attr.putAll(attributes);
        attr.put("prefix", prefix);
        attr.put("type", type);
        methods.resolvePool(attr);
        return table.insert(table.nextId(), vrf, Columns.checked(attr)).id();
    }

    /** Changes columns of a host row by hand; {@code address} without a mask. */
    public void editHost(String address, Map<String, ?> attributes) {
        table.update(isHost(address), new LinkedHashMap<>(attributes));
    }

    /** Removes a host row by hand, from every VRF. */
    public void removeHost(String address) {
        table.delete(isHost(address));
    }

    /** All rows in the order of their ids. */
    public List<LabRow> rows() {
        return table.all().stream().map(LabRow::of).toList();
    }

    /** The host rows in the order of their ids. */
    public List<LabRow> hosts() {
        return rows().stream().filter(row -> row.type().equals("host")).toList();
    }

    /** All rows with everything that a person or a client wrote into them, to be compared byte for byte. */
    public String dump() {
        return dump(row -> true);
    }

    /** As {@link #dump()}, of some rows. */
    public String dump(Predicate<LabRow> which) {
        StringBuilder text = new StringBuilder();
        rows().stream().filter(which).forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }

    /** How often a method was called, whatever came of it. */
    public int calls(String method) {
        return counters.of(method);
    }

    /** How often each method was called. */
    public Map<String, Integer> calls() {
        return counters.all();
    }

    /** How many rows were inserted, updated (even to the same) and deleted since the start, by whomever. */
    public int writes() {
        return table.changes().size();
    }

    /** Each of {@link #writes()}: {@code "INSERT 10.0.0.5/32"}. */
    public List<String> changes() {
        return table.changes().stream()
                .map(change -> change.statement() + " " + change.prefix())
                .toList();
    }

    /** From now on each call takes so much longer on its way. */
    public void latency(Duration both) {
        http.latency(both);
    }

    /** Starts counting calls anew. */
    public void resetCalls() {
        counters.reset();
    }

    /** How many answers were sent packed by gzip, as a client asks for it and nipapd does from 500 bytes on. */
    public int packedAnswers() {
        return http.packed();
    }

    /** The bodies of all requests so far. */
    public List<byte[]> requests() {
        return List.copyOf(requests);
    }

    /** Stops at once; connections end. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Predicate<PlanRow> isHost(String address) {
        Cidr cidr = Cidr.parse(address);
        return row -> row.prefix().equals(cidr);
    }
}
