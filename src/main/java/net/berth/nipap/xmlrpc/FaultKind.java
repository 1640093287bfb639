package net.berth.nipap.xmlrpc;

import java.util.Locale;

/**
 * What a NIPAP fault means to its caller. NIPAP has few codes for many causes, so some are separated by text;
 * codes and texts are those of errors.py, authlib.py and backend.py (_execute) of nipapd 0.32.7.
 */
public enum FaultKind {
    DUPLICATE(false, "there is one already; look before trying another"),
    EXHAUSTED(false, "no address is left there; widen the range or free some"),
    NO_SUCH_VRF(false, "check nipap.vrf in the settings"),
    NOT_FOUND(false, "check what was named"),
    NO_ASSIGNMENT(false, "the network must exist in NIPAP as a prefix of type assignment"),
    /** Two statements waited for each other in NIPAP's database (1000); happens whenever others write too. */
    DEADLOCK(true, "passes by itself"),
    /** nipapd is up, its database is not (1000, or 1 with an exception of its driver). */
    DATABASE_DOWN(true, "nipapd cannot reach its PostgreSQL; see to that"),
    AUTH(false, "check nipap.username and its password file; nipapd keeps old verdicts for up to an hour"),
    READ_ONLY(false, "give the NIPAP user the right to write"),
    STALE_ID(false, "the row was removed meanwhile"),
    BAD_REQUEST(false, "this NIPAP does not accept what Berth sent; please report it with both versions"),
    /** Anything else: an exception inside nipapd, or a code that is not known. */
    SERVER_ERROR(false, "see nipapd's log");

    private final boolean retryable;
    private final String advice;

    FaultKind(boolean retryable, String advice) {
        this.retryable = retryable;
        this.advice = advice;
    }

    /** Whether the same call may succeed a little later. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether the fault is about the row in the call, so that the same call for another row may succeed. */
    public boolean isAboutOneRow() {
        return switch (this) {
            case DUPLICATE, EXHAUSTED, NOT_FOUND, NO_ASSIGNMENT, STALE_ID, BAD_REQUEST, SERVER_ERROR -> true;
            case NO_SUCH_VRF, DEADLOCK, DATABASE_DOWN, AUTH, READ_ONLY -> false;
        };
    }

    String advice() {
        return advice;
    }

    static FaultKind of(int code, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (code) {
            case 1 -> ofException(lower);
            case 1000 -> ofCatchAll(lower);
            case 1200 -> isParentRule(lower) ? NO_ASSIGNMENT : BAD_REQUEST;
            case 1100, 1110, 1120, 1130 -> BAD_REQUEST;
            case 1300 -> ofNonExistent(lower);
            case 1400 -> DUPLICATE;
            case 1500, 1510 -> AUTH;
            case 1520 -> READ_ONLY;
            default -> SERVER_ERROR;
        };
    }

    /** Seen while PostgreSQL restarts: the driver's own exceptions escape nipapd, which looks again with the next call. */
    private static FaultKind ofException(String text) {
        if (text.contains("psycopg2.operationalerror") || text.contains("psycopg2.interfaceerror")) {
            return DATABASE_DOWN;
        }
        return text.contains("indexerror") ? STALE_ID : SERVER_ERROR;
    }

    private static FaultKind ofCatchAll(String text) {
        if (text.contains("deadlock detected")) {
            return DEADLOCK;
        }
        boolean connection = text.startsWith("unable to execute query") && text.contains("connection");
        return connection || text.contains("unable to connect to database") ? DATABASE_DOWN : BAD_REQUEST;
    }

    private static boolean isParentRule(String text) {
        return text.contains("must have a parent") || text.contains("must be of type 'assignment'");
    }

    private static FaultKind ofNonExistent(String text) {
        if (text.contains("no free prefix")) {
            return EXHAUSTED;
        }
        return text.contains("vrf") ? NO_SUCH_VRF : NOT_FOUND;
    }
}
