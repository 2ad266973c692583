package dev.pando.junit.sample;

import dev.pando.junit.Isolated;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Empty tests, whose cost is measured. */
public final class CostSample {
    private CostSample() {}

    /** For comparison, in the program. */
    public static class Plain {
        @RepeatedTest(200)
        void empty() {}
    }

    @Isolated
    public static class OneWorker {
        @RepeatedTest(200)
        void empty() {}
    }

    /** Ten units, each the life of a class with one method. */
    public abstract static class TenUnits {
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

        @Isolated(reuse = true)
        @Test
        void g() {}

        @Isolated(reuse = true)
        @Test
        void h() {}

        @Isolated(reuse = true)
        @Test
        void i() {}

        @Isolated(reuse = true)
        @Test
        void j() {}
    }

    /** Ten more. */
    public abstract static class TwentyUnits extends TenUnits {
        @Isolated(reuse = true)
        @Test
        void k() {}

        @Isolated(reuse = true)
        @Test
        void l() {}

        @Isolated(reuse = true)
        @Test
        void m() {}

        @Isolated(reuse = true)
        @Test
        void n() {}

        @Isolated(reuse = true)
        @Test
        void o() {}

        @Isolated(reuse = true)
        @Test
        void p() {}

        @Isolated(reuse = true)
        @Test
        void q() {}

        @Isolated(reuse = true)
        @Test
        void r() {}

        @Isolated(reuse = true)
        @Test
        void s() {}

        @Isolated(reuse = true)
        @Test
        void t() {}
    }

    public static class Reused1 extends TwentyUnits {}

    public static class Reused2 extends TwentyUnits {}

    public static class Reused3 extends TwentyUnits {}

    public static class Reused4 extends TwentyUnits {}

    public static class Reused5 extends TwentyUnits {}

    public static class Reused6 extends TwentyUnits {}

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
