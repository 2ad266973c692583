package dev.pando.lab.terminal;

import java.util.ArrayList;
import java.util.List;

/** How many columns of a terminal a text takes: letters of East Asia take two, marks above letters none. */
public final class TextWidth {
    /** First and last code points of what is wide, by Unicode's East Asian Width. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF, 0xA960, 0xA97F,
        0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680,
        0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
    };

    private TextWidth() {}

    public static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    public static String padded(String text, int width, boolean right) {
        String space = " ".repeat(Math.max(0, width - of(text)));
        return right ? space + text : text + space;
    }

    /** Cuts a line that does not fit, and marks the cut. */
    public static String cut(String line, int width) {
        return of(line) <= width ? line : start(line, width - 1) + "…";
    }

    /** Returns lines no wider than this, broken between words where that is possible. */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && of(line.toString()) + 1 + of(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (of(line.toString()) > width) {
                String first = start(line.toString(), width);
                lines.add(first);
                line.delete(0, first.length());
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns at least one letter, or else a loop over a very narrow column would not end. */
    private static String start(String text, int width) {
        int end = 0;
        int taken = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            taken += of(codePoint);
            if (taken > width && end > 0) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }
}
