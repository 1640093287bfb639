package net.berth.lab.proxmox;

import java.util.Map;

/**
 * A call as the stand-in got it.
 *
 * @param method the HTTP method
 * @param path the path behind {@code /api2/json}
 * @param parameters of the query, or of the body
 */
public record ApiRequest(String method, String path, Map<String, String> parameters) {

    /** Whether it may change something. */
    public boolean writes() {
        return !method.equals("GET");
    }

    String get(String key) {
        return parameters.getOrDefault(key, "");
    }

    /** {@code PUT /nodes/pve1/qemu/101/config}. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
