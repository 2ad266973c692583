package dev.pando.internal.util;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes exceptions of user code, whose own methods may throw: that must not hide that they were thrown. */
public final class ThrowableText {

    private ThrowableText() {}

    /** Returns what {@code toString} says, or else the name of the class and why {@code toString} said nothing. */
    public static String describe(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable unspeakable) {
            return thrown.getClass().getName() + " (whose toString threw "
                    + unspeakable.getClass().getName() + ")";
        }
    }

    /** Returns what a method of an exception answers, or else {@code otherwise} if the method throws. */
    public static <T> @Nullable T ask(Supplier<@Nullable T> question, @Nullable T otherwise) {
        try {
            return question.get();
        } catch (Throwable unspeakable) {
            return otherwise;
        }
    }
}
