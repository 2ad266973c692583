package dev.pando.lab.terminal;

/**
 * Colours, if wanted. Colour alone carries no information.
 *
 * @param on whether colours are used
 */
public record TextStyle(boolean on) {
    public String bold(String text) {
        return in("1", text);
    }

    public String faint(String text) {
        return in("2", text);
    }

    String good(String text) {
        return in("32", text);
    }

    public String bad(String text) {
        return in("31", text);
    }

    String bar(String text) {
        return in("36", text);
    }

    public String inverse(String text) {
        return in("7", text);
    }

    private String in(String code, String text) {
        return on && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
