package net.berth.lab.nipap;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Users and passwords by basic authentication. Each process keeps its verdicts, bad ones too, for an hour. */
public final class Users {
    /** One user. */
    record User(String name, String password, boolean readOnly) {}

    private final Map<String, User> users = new HashMap<>();

    Users() {}

    /** Adds a user, or changes one. */
    public synchronized void add(String name, String password) {
        users.put(name, new User(name, password, false));
    }

    /** Adds a user that may not write. */
    public synchronized void addReadOnly(String name, String password) {
        users.put(name, new User(name, password, true));
    }

    private synchronized User get(String name) {
        return users.get(name);
    }

    /** One server process's view. */
    final class Cache {
        private final Map<String, User> verdicts = new HashMap<>();

        /** The user of a call, or the fault that it ends in. */
        synchronized User authenticate(String authorization) {
            if (authorization == null || !authorization.startsWith("Basic ")) {
                throw new Fault(1500, "Missing authentication method");
            }
            byte[] decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
            String credentials = new String(decoded, StandardCharsets.UTF_8);
            if (!verdicts.containsKey(credentials)) {
                verdicts.put(credentials, verdict(credentials));
            }
            User user = verdicts.get(credentials);
            if (user == null) {
                throw new Fault(1510, "Incorrect username or password.");
            }
            return user;
        }

        private User verdict(String credentials) {
            int colon = credentials.indexOf(':');
            String name = credentials.substring(0, colon);
            int at = name.indexOf('@');
            if (at >= 0 && !name.substring(at + 1).equals("local")) {
                throw Fault.python(
                        "nipap.authlib.AuthError", "Invalid auth backend '" + name.substring(at + 1) + "' specified");
            }
            User user = get(at < 0 ? name : name.substring(0, at));
            boolean good = user != null && user.password().equals(credentials.substring(colon + 1));
            return good ? user : null;
        }
    }
}
