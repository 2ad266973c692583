package dev.pando.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Strikes while a class is initialised. The JVM initialises a class once, so each strike defines a hidden class from
 * the bytes of {@link InitializerTrap}. For any number of threads.
 */
final class InitializerFuse {
    private static final ThreadLocal<@Nullable Chaos> LIT = new ThreadLocal<>();

    private InitializerFuse() {}

    static void light(Chaos chaos) throws IOException, IllegalAccessException {
        LIT.set(chaos);
        try (InputStream file =
                Objects.requireNonNull(InitializerFuse.class.getResourceAsStream("InitializerTrap.class"))) {
            MethodHandles.lookup().defineHiddenClass(file.readAllBytes(), true);
        } finally {
            LIT.remove();
        }
    }

    static void burn() {
        Objects.requireNonNull(LIT.get(), "nobody lit it").strikeHere();
    }
}
