package io.segue.cli.text;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as they need to be, two spaces apart. Rows are added in their order. */
public final class Table {
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column; numbers stand to the right. */
    public record Column(String title, boolean number) {
        public static Column text(String title) {
            return new Column(title, false);
        }

        public static Column number(String title) {
            return new Column(title, true);
        }
    }

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, the titles first; no line ends in spaces. */
    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>();
        all.add(columns.stream().map(Column::title).toList());
        all.addAll(rows);
        List<String> lines = all.stream().map(this::line).toList();
        return String.join(System.lineSeparator(), lines);
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(width(i) - cells.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(columns.get(i).number() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int widest = columns.get(column).title().length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }
}
