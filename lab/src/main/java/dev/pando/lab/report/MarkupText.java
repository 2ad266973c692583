package dev.pando.lab.report;

/** Escapes text for HTML and SVG. */
final class MarkupText {
    private MarkupText() {}

    static String text(Object words) {
        return words.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
