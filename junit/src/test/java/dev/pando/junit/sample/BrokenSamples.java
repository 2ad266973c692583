package dev.pando.junit.sample;

import dev.pando.junit.Isolated;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Classes that fail around their tests, or ask for what cannot be. */
public final class BrokenSamples {
    private BrokenSamples() {}

    @Isolated
    public static class DiesBeforeAll {
        @BeforeAll
        static void die() {
            Runtime.getRuntime().halt(4);
        }

        @Test
        void neverRuns() {}
    }

    @Isolated
    public static class DiesAfterAll {
        @AfterAll
        static void die() {
            Runtime.getRuntime().halt(5);
        }

        @Test
        void passes() {}
    }

    @Isolated(timeout = "1s")
    public static class HangsBeforeAll {
        @BeforeAll
        static void hang() {
            while (true) {
                Thread.onSpinWait();
            }
        }

        @Test
        void neverRuns() {}
    }

    public static class ThrowsBeforeAll {
        @BeforeAll
        static void fail() {
            throw new IllegalStateException("cannot prepare");
        }

        @Test
        @Isolated
        void neverRuns() {}
    }

    @Disabled("closed")
    public static class DisabledClass {
        @Test
        @Isolated
        void neverRuns() {}
    }

    @Isolated(heap = "much")
    public static class BadHeap {
        @Test
        void neverRuns() {}
    }

    @Isolated(timeout = "soon")
    public static class BadTimeout {
        @Test
        void neverRuns() {}
    }

    @Isolated
    public static class InnerHeap {
        @Test
        @Isolated(heap = "64m")
        void neverRuns() {}
    }

    @Isolated(timeout = "1h")
    public static class InnerTimeout {
        @Test
        @Isolated(timeout = "1s")
        void hangs() {
            while (true) {
                Thread.onSpinWait();
            }
        }
    }

    @Isolated
    public static class Unlimited {
        @Test
        void hangs() {
            while (true) {
                Thread.onSpinWait();
            }
        }
    }

    @Isolated
    public static class DyingParts {
        @TestFactory
        Stream<DynamicTest> parts() {
            return Stream.of(1, 2, 3)
                    .map(number -> DynamicTest.dynamicTest("part " + number, () -> {
                        if (number == 2) {
                            Runtime.getRuntime().halt(6);
                        }
                    }));
        }

        @Nested
        class Inside {
            @Test
            void dies() {
                Runtime.getRuntime().halt(8);
            }

            @Test
            void passes() {}
        }
    }
}
