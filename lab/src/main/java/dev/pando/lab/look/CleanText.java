package dev.pando.lab.look;

/** Makes the words of another program harmless for a terminal and for the reader of a text. */
final class CleanText {
    private CleanText() {}

    /**
     * Returns the text with a question mark for each letter that moves a cursor, turns the direction of writing, breaks
     * a line or shows nothing.
     */
    static String of(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> clean.appendCodePoint(isPlain(letter) ? letter : '?'));
        return clean.toString();
    }

    private static boolean isPlain(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
