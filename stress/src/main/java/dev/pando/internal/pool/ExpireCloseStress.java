package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.local.Virtual;
import dev.pando.spi.Timer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * The deadline of the last task passes while the pool closes: when it has closed, the task was counted and called back.
 */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Called back and counted, then closed.")
@State
public class ExpireCloseStress {
    private volatile Runnable alarm;
    private volatile boolean called;
    private final Pool pool = Pool.with(Virtual.unlimited())
            .timeout(Duration.ofHours(1))
            .timer(new ByHand())
            .open();

    {
        pool.submit((Action) new CountDownLatch(1)::await).onDone(done -> called = true);
        while (alarm == null) {
            Thread.onSpinWait();
        }
    }

    private final class ByHand implements Timer {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Alarm after(long nanos, Runnable ring) {
            alarm = ring;
            return () -> {};
        }
    }

    @Actor
    public void alarm() {
        alarm.run();
    }

    @Actor
    public void closer(ZJ_Result r) {
        pool.close();
        r.r1 = called;
        r.r2 = pool.stats().failed();
    }
}
