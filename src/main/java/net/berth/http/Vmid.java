package net.berth.http;

import io.helidon.http.Status;
import java.util.regex.Pattern;
import net.berth.http.json.Problem;
import net.berth.http.json.ProblemException;

/** A VMID in a path or a body: 100 to 999999999, as in Proxmox. */
final class Vmid {
    static final String ALLOWED = "a whole number from 100 to 999999999";
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{2,8}");

    private Vmid() {}

    static boolean valid(int vmid) {
        return vmid >= 100 && vmid <= 999_999_999;
    }

    /**
     * Reads a path segment.
     *
     * @throws ProblemException 400 for anything else
     */
    static int parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new ProblemException(
                    Problem.of(Status.BAD_REQUEST_400, "\"" + text + "\" is not a VMID; allowed: " + ALLOWED + "."));
        }
        return Integer.parseInt(text);
    }
}
