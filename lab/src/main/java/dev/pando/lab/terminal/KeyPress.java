package dev.pando.lab.terminal;

/**
 * What was pressed.
 *
 * @param letter the letter, for {@link Kind#LETTER} alone
 */
public record KeyPress(Kind kind, int letter) {
    /** A letter, or one of the keys that are none. */
    public enum Kind {
        LETTER,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        ENTER,
        ESCAPE,
        BACKSPACE,
        TAB,
        /** Not known. */
        OTHER
    }

    public static KeyPress of(Kind kind) {
        return new KeyPress(kind, 0);
    }

    public static KeyPress of(char letter) {
        return new KeyPress(Kind.LETTER, letter);
    }

    public boolean is(char wanted) {
        return kind == Kind.LETTER && letter == wanted;
    }
}
