package dev.pando.lab.report;

/** Words as they may stand in HTML and SVG. */
final class Markup {
    private Markup() {}

    static String text(Object words) {
        return words.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
