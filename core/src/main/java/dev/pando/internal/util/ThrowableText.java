package dev.pando.internal.util;

/** Describes exceptions of user code, whose own methods may throw: that must not hide that they were thrown. */
public final class ThrowableText {

    private ThrowableText() {}

    /** Returns what {@code toString} says, or else the name of the class and why {@code toString} said nothing. */
    public static String describe(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable unspeakable) {
            return thrown.getClass().getName() + " (whose toString threw " + unspeakable.getClass().getName() + ")";
        }
    }
}
