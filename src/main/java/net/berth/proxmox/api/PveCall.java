package net.berth.proxmox.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One call of the API.
 *
 * @param path the path behind {@code /api2/json}
 * @param parameters in the query of a GET, else in a form body
 * @param answerBytes the longest answer that is read, below the settings' limit
 */
record PveCall(Method method, String path, Map<String, String> parameters, int answerBytes) {
    /**
     * Of answers about one guest or node, of which dozens are read at once: a config, 500 tasks, what a guest's agent says.
     * What a guest's owner can write into these is a small part of it.
     */
    private static final int OF_ONE = 256 << 10;

    enum Method {
        GET,
        PUT
    }

    /** Reads something of one guest or node. */
    static PveCall get(String path) {
        return get(path, Map.of());
    }

    static PveCall get(String path, Map<String, String> parameters) {
        return new PveCall(Method.GET, path, parameters, OF_ONE);
    }

    /** Reads something of the whole cluster, as long as the settings allow. */
    static PveCall getAll(String path, Map<String, String> parameters) {
        return new PveCall(Method.GET, path, parameters, Integer.MAX_VALUE);
    }

    static PveCall put(String path, Map<String, String> parameters) {
        return new PveCall(Method.PUT, path, parameters, OF_ONE);
    }

    /** Whether the answer is about one guest or node. */
    boolean ofOne() {
        return answerBytes == OF_ONE;
    }

    boolean writes() {
        return method != Method.GET;
    }

    PveException failed(PveError error) {
        return new PveException(toString(), error);
    }

    PveException failed(PveError error, Throwable cause) {
        return new PveException(toString(), error, cause);
    }

    /** What is thrown for an answer that is not of the protocol. */
    PveException garbled(String text) {
        return failed(new PveError.Garbled(text));
    }

    /** Percent-encoded, the semicolon too: Proxmox splits form bodies at it. */
    String form() {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** For messages: method and path, never a parameter. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
