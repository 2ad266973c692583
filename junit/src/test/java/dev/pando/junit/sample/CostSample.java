package dev.pando.junit.sample;

import dev.pando.junit.Isolated;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Empty tests, whose cost is measured. */
public final class CostSample {
    private CostSample() {}

    @Isolated
    public static class OneWorker {
        @RepeatedTest(200)
        void empty() {}
    }

    public static class Reused {
        @Isolated(reuse = true)
        @Test
        void a() {}

        @Isolated(reuse = true)
        @Test
        void b() {}

        @Isolated(reuse = true)
        @Test
        void c() {}

        @Isolated(reuse = true)
        @Test
        void d() {}

        @Isolated(reuse = true)
        @Test
        void e() {}

        @Isolated(reuse = true)
        @Test
        void f() {}
    }

    public static class Fresh {
        @Isolated
        @Test
        void a() {}

        @Isolated
        @Test
        void b() {}

        @Isolated
        @Test
        void c() {}

        @Isolated
        @Test
        void d() {}
    }
}
