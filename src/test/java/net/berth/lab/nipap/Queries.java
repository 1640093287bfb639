package net.berth.lab.nipap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The operators of search_prefix. */
final class Queries {
    private static final Set<String> WITHIN =
            Set.of("contains", "contains_equals", "contained_within", "contained_within_equals");
    private static final Set<String> PATTERNS = Set.of("like", "regex_match", "regex_not_match");
    private static final Set<String> ORDERS = Set.of("less", "less_or_equal", "greater", "greater_or_equal");
    private static final Set<String> EQUALITIES = Set.of("equals", "not_equals", "is", "is_not", "equals_any");

    private Queries() {}

    static Search where(Object given) {
        if (!(given instanceof Map<?, ?> query) || !query.containsKey("val1")) {
            throw Fault.missing("'val1' must be specified");
        }
        if (!query.containsKey("val2")) {
            throw Fault.missing("Value (val2 in API) for '" + query.get("val1") + "' must be specified");
        }
        String operator = (String) query.get("operator");
        if (query.get("val1") instanceof Map && query.get("val2") instanceof Map) {
            Search one = where(query.get("val1"));
            Search other = where(query.get("val2"));
            return switch (operator) {
                case "and" -> one.and(other);
                case "or" -> one.or(other);
                default -> throw new Fault(1130, "No such operator " + operator);
            };
        }
        String column = String.valueOf(query.get("val1"));
        Predicate<PlanRow> where = column(operator, column, query.get("val2"));
        if (operator.equals("like") && column.equals("external_key") && isBeginning((String) query.get("val2"))) {
            return new Search(where, Optional.of(List.of(beginning((String) query.get("val2")))));
        }
        return Search.all(where);
    }

    private static Predicate<PlanRow> column(String operator, String column, Object value) {
        if (!Columns.EDITABLE.contains(column) && !Columns.READ_ONLY.contains(column)) {
            throw Fault.input("Search variable '" + column + "' unknown");
        }
        if (WITHIN.contains(operator)) {
            return within(operator, value);
        }
        if (PATTERNS.contains(operator)) {
            return pattern(operator, column, (String) value);
        }
        if (ORDERS.contains(operator)) {
            return order(operator, column, Columns.compared(column, value));
        }
        if (EQUALITIES.contains(operator)) {
            return equality(operator, column, value);
        }
        throw new Fault(1130, "No such operator " + operator);
    }

    /** Always about the prefix, whatever column is named. */
    private static Predicate<PlanRow> within(String operator, Object value) {
        if (!(value instanceof String text)) {
            throw Fault.query("operator does not exist: iprange >> hstore\n");
        }
        Cidr asked = Cidr.inet(text);
        Cidr cidr = asked.masked(asked.length());
        return switch (operator) {
            case "contains" -> row -> row.prefix().contains(cidr);
            case "contains_equals" -> row -> row.prefix().containsOrEquals(cidr);
            case "contained_within" -> row -> cidr.contains(row.prefix());
            default -> row -> cidr.containsOrEquals(row.prefix());
        };
    }

    /** LIKE with case, regular expressions without; no value counts as an empty one. */
    private static Predicate<PlanRow> pattern(String operator, String column, String value) {
        if (column.equals("avps")) {
            throw Fault.query("operator does not exist: hstore ~~ unknown\n");
        }
        if (Set.of("tags", "prefix", "expires", "vrf_id", "id", "vlan").contains(column)) {
            throw Fault.query(
                    "operator does not exist: " + column + " ~~ unknown\nHINT:  No operator matches the given "
                            + "name and argument types. You might need to add explicit type casts.\n");
        }
        Predicate<String> matches = operator.equals("like")
                ? like(value)
                : Pattern.compile(value, Pattern.CASE_INSENSITIVE).asPredicate();
        boolean wanted = !operator.equals("regex_not_match");
        return row -> matches.test(Objects.toString(row.column(column), "")) == wanted;
    }

    private static Predicate<String> like(String value) {
        if (isBeginning(value)) {
            String start = beginning(value);
            return text -> text.startsWith(start);
        }
        return Pattern.compile(regex(value), Pattern.DOTALL).asMatchPredicate();
    }

    /** What is asked for most: some text, then anything. */
    private static boolean isBeginning(String value) {
        return value.indexOf('%') == value.length() - 1
                && value.length() > 1
                && value.indexOf('_') < 0
                && value.indexOf('\\') < 0;
    }

    private static String beginning(String value) {
        return value.substring(0, value.length() - 1);
    }

    private static String regex(String value) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                regex.append(Pattern.quote(String.valueOf(value.charAt(++i))));
            } else {
                regex.append(
                        switch (c) {
                            case '%' -> ".*";
                            case '_' -> ".";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
        }
        return regex.toString();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the database compares values of one column, so of one type
    private static Predicate<PlanRow> order(String operator, String column, Object value) {
        return row -> {
            Object found = row.column(column);
            if (found == null || value == null) {
                return false;
            }
            int sign = ((Comparable) found).compareTo(value);
            return switch (operator) {
                case "less" -> sign < 0;
                case "less_or_equal" -> sign <= 0;
                case "greater" -> sign > 0;
                default -> sign >= 0;
            };
        };
    }

    private static Predicate<PlanRow> equality(String operator, String column, Object given) {
        if (operator.equals("equals_any")) {
            if (Set.of("type", "status", "alarm_priority", "prefix", "expires").contains(column)) {
                throw Fault.query("cannot cast type of " + column + " to citext[]\n");
            }
            if (!column.equals("tags")) {
                throw Fault.data();
            }
            String tag = String.valueOf(given).toLowerCase(Locale.ROOT);
            return row -> ((List<?>) row.column("tags")).stream().anyMatch(each -> each.toString()
                    .toLowerCase(Locale.ROOT)
                    .equals(tag));
        }
        boolean defaultVrf = column.equals("vrf_id") && given == null;
        Object value = defaultVrf ? Integer.valueOf(0) : Columns.compared(column, given);
        if (operator.startsWith("is") && value != null && !(value instanceof Boolean)) {
            throw Fault.query("syntax error at or near \"'" + given + "'\"\n");
        }
        boolean not = operator.equals("not_equals") || operator.equals("is_not");
        if (value == null) {
            return row -> (row.column(column) == null) != not;
        }
        // In SQL, NULL is neither equal nor unequal.
        return row -> row.column(column) != null && row.column(column).equals(value) != not;
    }
}
