package dev.pando.lab.look;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.terminal.KeyPress;
import dev.pando.lab.terminal.TextStyle;
import dev.pando.lab.terminal.TextWidth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code top} shows, without a terminal: states of a program and keys in, lines out. One thread uses it.
 *
 * <p>The chosen line is kept by its task and not by its place, because tasks come and go above it.
 */
final class TopScreen {
    private static final int FEWEST_ROWS = 8;
    private static final int PAGE = 10;

    private final TopText text;
    private final TextStyle style;

    private @Nullable SeenProgram program;
    private @Nullable SeenProgram before;
    private TopView view = TopView.TASKS;
    private int order;
    private boolean isReversed;
    private String filter = "";
    private boolean isTyping;
    private int place;
    private String chosen = "";
    private @Nullable TopRow opened;
    private @Nullable SeenStack stack;
    private int scrolled;

    TopScreen(MessageBook messages, TextStyle style) {
        this.text = new TopText(messages);
        this.style = style;
    }

    void update(SeenProgram now) {
        before = program;
        program = now;
    }

    /** Returns the task whose stack is shown and wanted again, or {@code null}. */
    @Nullable
    TopRow opened() {
        return opened;
    }

    void stackIs(SeenStack now) {
        stack = now;
    }

    /** Returns false if this key ends the program. */
    boolean press(KeyPress key) {
        if (isTyping) {
            type(key);
        } else if (key.is('q')) {
            return false;
        } else if (opened != null) {
            inStack(key);
        } else {
            inTable(key);
        }
        return true;
    }

    private void type(KeyPress key) {
        switch (key.kind()) {
            case LETTER -> filter += Character.toString(key.letter());
            case BACKSPACE -> filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1);
            case ESCAPE -> {
                filter = "";
                isTyping = false;
            }
            case ENTER -> isTyping = false;
            default -> {}
        }
    }

    private void inStack(KeyPress key) {
        switch (key.kind()) {
            case ESCAPE, BACKSPACE, ENTER -> {
                opened = null;
                stack = null;
                scrolled = 0;
            }
            default -> scrolled = Math.max(0, scrolled + step(key));
        }
    }

    private void inTable(KeyPress key) {
        switch (key.kind()) {
            case ENTER -> open();
            case ESCAPE -> filter = "";
            case TAB -> {
                view = view.next();
                order = 0;
                place = 0;
                chosen = "";
            }
            default -> {
                if (key.is('/')) {
                    isTyping = true;
                } else if (key.is('o')) {
                    order = (order + 1) % orders().size();
                } else if (key.is('r')) {
                    isReversed = !isReversed;
                } else {
                    move(step(key));
                }
            }
        }
    }

    private static int step(KeyPress key) {
        return switch (key.kind()) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -PAGE;
            case PAGE_DOWN -> PAGE;
            default -> key.is('k') ? -1 : key.is('j') ? 1 : 0;
        };
    }

    private void move(int step) {
        List<TopRow> rows = rows();
        if (step != 0 && !rows.isEmpty()) {
            place = Math.clamp((long) placeIn(rows) + step, 0, rows.size() - 1);
            chosen = rows.get(place).key();
        }
    }

    private void open() {
        List<TopRow> rows = rows();
        if (view != TopView.TASKS || rows.isEmpty()) {
            return;
        }
        opened = rows.get(placeIn(rows));
        stack = null;
    }

    private int placeIn(List<TopRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(chosen)) {
                return i;
            }
        }
        return Math.clamp(place, 0, Math.max(0, rows.size() - 1));
    }

    private List<TopOrder> orders() {
        return view.orders();
    }

    private List<TopRow> rows() {
        List<TopRow> rows = new ArrayList<>();
        if (program != null) {
            for (TopRow row : text.rows(view, program)) {
                if (row.has(filter)) {
                    rows.add(row);
                }
            }
        }
        rows.sort(
                isReversed
                        ? orders().get(order).comparator().reversed()
                        : orders().get(order).comparator());
        return rows;
    }

    /** Returns the screen: so many lines at most, none wider than this. */
    List<String> lines(int width, int height) {
        SeenProgram now = program;
        if (now == null) {
            return List.of();
        }
        List<String> head = new ArrayList<>();
        head.add(style.bold(TextWidth.cut(text.title(now), width)));
        return opened == null ? table(now, head, width, height) : stack(opened, head, width, height);
    }

    private List<String> table(SeenProgram now, List<String> lines, int width, int height) {
        List<String> pools = TopTable.lines(text.poolColumns(), text.pools(now, before), width);
        int room = Math.max(2, height - lines.size() - FEWEST_ROWS);
        for (int i = 0; i < Math.min(room, pools.size()); i++) {
            lines.add(i == 0 ? style.faint(pools.get(i)) : pools.get(i));
        }
        List<TopRow> rows = rows();
        lines.add("");
        lines.add(style.bold(
                TextWidth.cut(text.heading(view, orders().get(order), filter, isTyping, rows.size()), width)));
        List<String> table = TopTable.lines(
                text.columns(view), rows.stream().map(TopRow::cells).toList(), width - 2);
        lines.add(style.faint("  " + table.getFirst()));
        int at = placeIn(rows);
        int places = Math.max(1, height - lines.size() - 1);
        int first = Math.clamp((long) at - places + 1, 0, Math.max(0, rows.size() - places));
        for (int i = first; i < Math.min(rows.size(), first + places); i++) {
            String line = table.get(i + 1);
            lines.add(i == at ? style.inverse("> " + TextWidth.padded(line, width - 2, false)) : "  " + line);
        }
        return withKeys(lines, text.keys(view, isTyping), width, height);
    }

    private List<String> stack(TopRow task, List<String> lines, int width, int height) {
        SeenStack now = stack;
        List<String> frames = now == null ? List.of() : now.frames();
        lines.add("");
        lines.add(style.bold(TextWidth.cut(text.task(task), width)));
        if (now != null && frames.isEmpty()) {
            lines.addAll(TextWidth.wrapped(text.noStack(now.missing()), width));
        } else {
            int places = Math.max(1, height - lines.size() - 1);
            scrolled = Math.min(scrolled, Math.max(0, frames.size() - places));
            for (String frame : frames.subList(scrolled, Math.min(frames.size(), scrolled + places))) {
                lines.add(TextWidth.cut("  " + frame, width));
            }
        }
        return withKeys(lines, text.stackKeys(), width, height);
    }

    private List<String> withKeys(List<String> lines, String keys, int width, int height) {
        while (lines.size() < height - 1) {
            lines.add("");
        }
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), Math.max(0, height - 1))));
        shown.add(style.faint(TextWidth.cut(keys, width)));
        return shown;
    }

    /** Returns everything, for an output that is no screen. */
    List<String> all(int width) {
        SeenProgram now = program;
        List<String> lines = new ArrayList<>();
        if (now == null) {
            return lines;
        }
        lines.add(TextWidth.cut(text.title(now), width));
        lines.addAll(TopTable.lines(text.poolColumns(), text.pools(now, null), width));
        for (TopView each : TopView.values()) {
            view = each;
            List<TopRow> rows = rows();
            if (each.isForSome() && rows.isEmpty()) {
                continue;
            }
            lines.add("");
            lines.add(TextWidth.cut(text.heading(each, orders().getFirst(), "", false, rows.size()), width));
            lines.addAll(TopTable.lines(
                    text.columns(each), rows.stream().map(TopRow::cells).toList(), width));
        }
        view = TopView.TASKS;
        return lines;
    }
}
