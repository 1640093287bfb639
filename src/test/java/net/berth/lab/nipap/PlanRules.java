package net.berth.lab.nipap;

import java.util.Objects;

/** The rules that NIPAP's triggers hold (triggers.plsql, tf_ip_net_plan__prefix_iu_before and _d_before). */
final class PlanRules {
    private PlanRules() {}

    static void insert(PlanTable table, PlanRow row) {
        PlanRow parent = table.parent(row.vrf(), row.prefix()).orElse(null);
        switch (row.type()) {
            case null -> throw Fault.value("Unknown prefix type");
            case "host" -> host(row, parent);
            case "assignment" -> {
                wantsReservation(parent);
                if (table.inside(row.vrf(), row.prefix()).stream().anyMatch(child -> !child.isHost())) {
                    throw Fault.value(
                            "Prefix of type 'assignment' must not have any subnets other than of type 'host'");
                }
            }
            default -> wantsReservation(parent);
        }
        node(row);
        country(row);
    }

    /** The table no longer holds the old row when this is asked. */
    static void update(PlanTable table, PlanRow old, PlanRow row) {
        if (old.vrf() != row.vrf()) {
            throw Fault.value("Changing VRF is not allowed");
        }
        boolean same = Objects.equals(old.type(), row.type())
                && old.prefix().equals(row.prefix())
                && Objects.equals(old.column("pool_id"), row.column("pool_id"));
        Object country = old.column("country");
        if (country != null && row.column("country") != null && !country.equals(row.column("country"))) {
            country(row);
        }
        if (same) {
            return;
        }
        insert(table, row);
        if (Objects.equals(old.type(), row.type())) {
            return;
        }
        if (old.isHost() || row.isHost()) {
            throw Fault.value("Changing type is not allowed");
        }
        if (!table.inside(row.vrf(), row.prefix()).isEmpty()) {
            throw Fault.value("Changing from type '" + old.type() + "' to '" + row.type()
                    + "' requires there to be no child prefixes.");
        }
    }

    static void delete(PlanTable table, PlanRow row) {
        if ("assignment".equals(row.type())
                && !table.inside(row.vrf(), row.prefix()).isEmpty()) {
            throw Fault.value("Prohibited delete, prefix (" + row.prefix() + ") contains hosts.");
        }
    }

    private static void host(PlanRow row, PlanRow parent) {
        if (!row.prefix().isHost()) {
            throw Fault.value("Prefix of type host must have all bits set in netmask");
        }
        if (parent == null) {
            throw Fault.value("Prefix of type host must have a parent (covering) prefix of type assignment");
        }
        wants(parent, "assignment");
    }

    private static void wantsReservation(PlanRow parent) {
        if (parent != null) {
            wants(parent, "reservation");
        }
    }

    private static void wants(PlanRow parent, String type) {
        if (!type.equals(parent.type())) {
            throw Fault.value("Parent prefix (" + parent.prefix() + ") is of type " + parent.type()
                    + " but must be of type '" + type + "'");
        }
    }

    /** The trigger also puts it into upper case, which nothing here relies on. */
    private static void country(PlanRow row) {
        if (row.column("country") instanceof String country && !country.matches("[A-Za-z]{2}")) {
            throw Fault.value(" Please enter a two letter country code according to ISO 3166-1 alpha-2");
        }
    }

    private static void node(PlanRow row) {
        if (row.column("node") == null || row.isHost()) {
            return;
        }
        if (row.type().equals("reservation")) {
            throw Fault.value("Not allowed to set 'node' value for prefixes of type 'reservation'.");
        }
        if (!row.prefix().isHost()) {
            throw Fault.value("Not allowed to set 'node' value for prefixes of type 'assignment' which do not have all"
                    + " bits set in netmask.");
        }
    }
}
