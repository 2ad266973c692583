package dev.pando.lab.terminal;

import dev.pando.lab.terminal.KeyPress.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;

/** Tells keys from the letters that a terminal sends for them. */
final class KeyReader {
    private static final char ESCAPE = '\033';
    private static final char DELETE = '\177';

    private final Reader in;

    KeyReader(Reader in) {
        this.in = in;
    }

    /**
     * Waits for a key.
     *
     * @throws EOFException the terminal has gone
     */
    KeyPress next() throws IOException {
        int letter = in.read();
        return switch (letter) {
            case -1 -> throw new EOFException();
            case '\r', '\n' -> KeyPress.of(Kind.ENTER);
            case '\t' -> KeyPress.of(Kind.TAB);
            case '\b', DELETE -> KeyPress.of(Kind.BACKSPACE);
            case ESCAPE -> in.ready() ? sequence() : KeyPress.of(Kind.ESCAPE);
            default -> letter < ' ' ? KeyPress.of(Kind.OTHER) : new KeyPress(Kind.LETTER, letter);
        };
    }

    /** The rest of a sequence, which the terminal has sent at once: {@code [A}, {@code OA}, {@code [5~}. */
    private KeyPress sequence() throws IOException {
        int form = in.read();
        if (form != '[' && form != 'O') {
            return KeyPress.of(Kind.ESCAPE);
        }
        int first = in.read();
        int last = first;
        while (last >= 0 && (last == ';' || Character.isDigit(last))) {
            last = in.read();
        }
        return KeyPress.of(
                switch (last) {
                    case 'A' -> Kind.UP;
                    case 'B' -> Kind.DOWN;
                    case '~' -> first == '5' ? Kind.PAGE_UP : first == '6' ? Kind.PAGE_DOWN : Kind.OTHER;
                    default -> Kind.OTHER;
                });
    }
}
