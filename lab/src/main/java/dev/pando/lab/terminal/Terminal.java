package dev.pando.lab.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What receives the lab's output. The launcher finds out, because a JVM can only tell for all streams together.
 *
 * @param progress standard error is a terminal
 * @param colour standard output is a terminal, and plain text was not requested
 * @param screen standard output is a terminal, on which the cursor can be moved
 */
public record Terminal(boolean progress, boolean colour, boolean screen, int width) {
    private static final int USUAL = 100;
    private static final int NARROW = 40;

    /** Output that is no terminal: a file, a pipe, a test. */
    public static final Terminal NONE = new Terminal(false, false, false, USUAL);

    /**
     * Returns the terminal that the launcher and the environment describe. The variable {@code COLUMNS} is a wish of
     * the user's, and wins.
     *
     * @param terminals which streams are terminals, as their numbers: {@code "12"}
     * @param columns the width, or whatever {@code stty} printed instead
     */
    public static Terminal of(String terminals, @Nullable String columns, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        // The rule of no-color.org: present and not empty, whatever it says.
        boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                terminals.contains("2") && !dumb,
                terminals.contains("1") && !plain,
                terminals.contains("1") && !dumb,
                width(environment.get("COLUMNS"), width(columns, USUAL)));
    }

    private static int width(@Nullable String columns, int otherwise) {
        if (columns == null || !columns.matches("[0-9]{1,4}")) {
            return otherwise;
        }
        int width = Integer.parseInt(columns);
        return width == 0 ? otherwise : Math.max(NARROW, width);
    }

    public TextStyle textStyle() {
        return new TextStyle(colour);
    }
}
