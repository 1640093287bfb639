package net.berth.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The figures as a table in Markdown, which is read as well in a terminal. */
final class Table {
    private static final List<String> HEAD =
            List.of("what", "median", "p95", "calls: Proxmox NIPAP shells commits", "floor", "ratio", "target", "met");
    private final List<Figure> figures = new ArrayList<>();
    private final PrintStream progress;

    Table(PrintStream progress) {
        this.progress = progress;
    }

    void add(Figure figure) {
        figures.add(figure);
        progress.println("  " + figure.what() + ": " + figure.median()
                + (figure.floor().isEmpty() ? "" : ", floor " + figure.floor()));
    }

    private static List<String> cells(Figure figure) {
        return List.of(
                figure.what(),
                figure.median(),
                figure.p95(),
                figure.calls(),
                figure.floor(),
                figure.ratio(),
                figure.target(),
                figure.met() ? "yes" : "NO");
    }

    void print(PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        figures.forEach(figure -> lines.add(cells(figure)));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            out.println(line(lines.get(i), widths));
            if (i == 0) {
                List<String> rule = new ArrayList<>();
                for (int width : widths) {
                    rule.add("-".repeat(width));
                }
                out.println(line(rule, widths));
            }
        }
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            text.append(' ')
                    .append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(" |");
        }
        return text.toString();
    }
}
