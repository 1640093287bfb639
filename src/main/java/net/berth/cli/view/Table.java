package net.berth.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of columns, each as wide as its widest cell. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** With the titles of its columns. */
    public Table(String... titles) {
        this(List.of(titles));
    }

    Table(List<String> titles) {
        rows.add(titles);
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The table's lines, without blanks at their ends. */
    public List<String> lines(Colours colours) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                boolean last = column == row.size() - 1;
                String cell = last ? row.get(column) : pad(row.get(column), width(column));
                // Padded before it is coloured: colour codes have no width.
                line.append(lines.isEmpty() ? colours.heading(cell) : colours.word(cell))
                        .append(last ? "" : GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(width - length(cell));
    }

    private static int length(String cell) {
        return (int) IntStream.range(0, cell.length())
                .filter(at -> !Character.isLowSurrogate(cell.charAt(at)))
                .count();
    }
}
