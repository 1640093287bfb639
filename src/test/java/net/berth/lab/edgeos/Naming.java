package net.berth.lab.edgeos;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of node names in the router's output: digits count as numbers, so that {@code web2} is before {@code web10}. */
final class Naming {
    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");
    static final Comparator<String> ORDER = Naming::compare;

    private Naming() {}

    private static int compare(String left, String right) {
        List<String> a = parts(left);
        List<String> b = parts(right);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            boolean numbers = Character.isDigit(a.get(i).charAt(0))
                    && Character.isDigit(b.get(i).charAt(0));
            int order = numbers
                    ? new BigInteger(a.get(i)).compareTo(new BigInteger(b.get(i)))
                    : a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return a.size() != b.size() ? Integer.compare(a.size(), b.size()) : left.compareTo(right);
    }

    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(name);
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return parts;
    }
}
