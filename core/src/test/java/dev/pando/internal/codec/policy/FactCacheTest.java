package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Facts are found out once where their keeper lives as long as they are asked for, and keep no loader elsewhere. */
class FactCacheTest {
    private final AtomicInteger found = new AtomicInteger();

    private final FactCache<Optional<String>> facts = new FactCache<>() {
        @Override
        protected Optional<String> find(Class<?> type) {
            found.incrementAndGet();
            return Optional.of(type.getName());
        }
    };

    /** A class that another loader defines too, and a hidden one. */
    private static final class Sample {
        static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    }

    /** Defines {@link Sample} itself. */
    private static final class OtherLoader extends ClassLoader {
        OtherLoader(ClassLoader parent) {
            super(parent);
        }

        Class<?> sample() throws IOException {
            byte[] file = file();
            return defineClass(Sample.class.getName(), file, 0, file.length);
        }
    }

    private static byte[] file() throws IOException {
        String name = "/" + Sample.class.getName().replace('.', '/') + ".class";
        try (InputStream in = FactCacheTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static void collect() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        do { // once at least: a small collection in between takes the canary and leaves what is old
            System.gc();
        } while (canary.get() != null);
    }

    /** How often the fact is found out, if a collection comes between two questions. */
    private int searches(Class<?> type) {
        assertThat(facts.of(type)).contains(type.getName());
        collect();
        assertThat(facts.of(type)).contains(type.getName());
        return found.getAndSet(0);
    }

    @Test
    void aFactStaysWhereThatKeepsNoLoaderAlive() throws Exception {
        assertThat(searches(Object.class)).isEqualTo(1);
        assertThat(searches(java.sql.Types.class)).as("the platform's loader").isEqualTo(1);
        assertThat(searches(Sample.class)).isEqualTo(1);
        assertThat(searches(new OtherLoader(getClass().getClassLoader()).sample()))
                .as("a loader below")
                .isEqualTo(1);
        assertThat(searches(Sample.LOOKUP.defineHiddenClass(file(), false).lookupClass()))
                .as("a hidden class of Pando's loader")
                .isEqualTo(1);
    }

    @Test
    void aFactIsForgottenWhereItWouldKeepALoaderAlive() throws Exception {
        assertThat(searches(new OtherLoader(null).sample())).isEqualTo(2);
    }

    @Test
    void aClassIsCollectedAlthoughTheCacheLivesOn() throws Exception {
        WeakReference<Class<?>> hidden = hidden();
        collect();
        assertThat(hidden.get()).isNull();
        assertThat(facts.of(Object.class)).contains("java.lang.Object");
    }

    private WeakReference<Class<?>> hidden() throws Exception {
        Class<?> type = Sample.LOOKUP.defineHiddenClass(file(), false).lookupClass();
        assertThat(facts.of(type)).contains(type.getName());
        return new WeakReference<>(type);
    }
}
