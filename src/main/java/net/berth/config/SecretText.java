package net.berth.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.berth.security.Secret;

/** The forms of the secrets themselves. What is refused is said in words that show nothing of it. */
final class SecretText {
    static final int SHORTEST_TOKEN = 16;
    static final int SHORTEST_KEY = 24;
    static final int LONGEST_KEY = 64;
    private static final int FEWEST_CHARACTERS = 6;

    private SecretText() {}

    static String oneLine(String text) {
        var lines = text.lines().toList();
        if (lines.size() != 1) {
            throw new Form.Refused("a file with " + lines.size() + " lines");
        }
        return lines.getFirst();
    }

    /** @param file where the next one goes, as a word of a command */
    static Secret token(String text, String file) {
        var token = oneLine(text);
        if (token.length() < SHORTEST_TOKEN || !token.matches("[\\x21-\\x7e]+")) {
            throw new Form.Refused("a file with a token that is too short or has odd characters");
        }
        if (isNotRandom(token)) {
            throw new Form.Refused("a file with a token that is easy to guess, make one:"
                    + " head -c 32 /dev/urandom | base64 -w 0 > " + file);
        }
        return Secret.of(token);
    }

    /** What Proxmox shows or a person copies may have the token's id before it: {@code user@realm!name=}. */
    static String withoutTokenId(String text) {
        return text.replaceFirst("^[^=]+![^=]+=", "");
    }

    static Secret proxmoxToken(String text) {
        var token = oneLine(text);
        if (!token.matches("[A-Za-z0-9-]{8,64}")) {
            throw new Form.Refused(
                    token.indexOf('=') >= 0
                            ? "a file with more than the token's secret (the part behind =)"
                            : "a file without such a secret");
        }
        return Secret.of(token);
    }

    /** @param file where the next ones go, as a word of a command */
    static List<Secret> hookKeys(String text, String file) {
        var keys = new ArrayList<Secret>();
        for (var line : text.strip().lines().toList()) {
            keys.add(hookKey(line.strip(), keys.size() + 1, file));
        }
        return List.copyOf(keys);
    }

    private static Secret hookKey(String line, int number, String file) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line.startsWith("whsec_") ? line.substring(6) : "");
        } catch (IllegalArgumentException e) {
            throw new Form.Refused("a file whose line " + number + " is not of that form");
        }
        if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
            throw new Form.Refused("a file whose line " + number + " is not of that form or length");
        }
        if (isNotRandom(new String(key, StandardCharsets.ISO_8859_1))) {
            throw new Form.Refused("a file whose line " + number + " is easy to guess, make one:"
                    + " printf 'whsec_%s\\n' \"$(head -c 32 /dev/urandom | base64 -w 0)\" > " + file);
        }
        return Secret.of(key);
    }

    static Secret privateKey(String text) {
        if (!text.contains("-----BEGIN ") || !text.contains("PRIVATE KEY-----")) {
            throw new Form.Refused(
                    text.startsWith("ssh-") ? "a file with the public half of a key" : "a file without a private key");
        }
        return Secret.of(text);
    }

    /**
     * Whether a text cannot have come from a random source: it has few different characters, repeats a piece of at most half
     * its length, or counts up or down in most of its places. That a random one does has a chance of less than 1 in 1000
     * for 16 hexadecimal digits, and none to speak of for what Berth makes itself.
     */
    static boolean isNotRandom(String text) {
        if (text.chars().distinct().count() < FEWEST_CHARACTERS) {
            return true;
        }
        for (var piece = 1; piece <= text.length() / 2; piece++) {
            if (text.startsWith(text.substring(piece))) {
                return true;
            }
        }
        return steps(text, 1) * 2 > text.length() || steps(text, -1) * 2 > text.length();
    }

    private static int steps(String text, int width) {
        var steps = 0;
        for (var i = 1; i < text.length(); i++) {
            if (text.charAt(i) - text.charAt(i - 1) == width) {
                steps++;
            }
        }
        return steps;
    }
}
