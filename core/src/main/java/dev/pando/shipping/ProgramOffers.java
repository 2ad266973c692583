package dev.pando.shipping;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.worker.CallEnd;
import dev.pando.internal.worker.OfferedDesk;
import dev.pando.internal.worker.ServingHost;
import dev.pando.spi.Host;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a program offers to its tasks, for those on other machines: a task calls it by a name, and gets what comes of
 * it. The argument is trusted no more than a result of the task. Any thread may use it.
 */
public final class ProgramOffers {
    private final Host pool;
    private final ShippingCodec codec;

    /** Made with the first call: a pool knows what it offers only when its engine has started. */
    @GuardedBy("this")
    private @Nullable OfferedDesk desk;

    @GuardedBy("this")
    private boolean stopped;

    private ProgramOffers(Host pool, ShippingCodec codec) {
        this.pool = pool;
        this.codec = codec;
    }

    /** Returns what this pool offers. */
    public static ProgramOffers of(Host pool, ShippingCodec codec) {
        return new ProgramOffers(pool, codec);
    }

    private synchronized @Nullable OfferedDesk desk() {
        if (desk == null && !stopped && pool instanceof ServingHost serving) {
            desk = new OfferedDesk(serving.taskServices(), pool.name() + "-call", pool);
        }
        return desk;
    }

    /**
     * Makes a call on a thread of its own.
     *
     * @param argument as the task's codec has packed it
     * @param task which task calls
     * @param answered is told once, by any thread, what the task is to get ({@link TaskReports#call})
     * @return withdraws the call, which is interrupted then
     */
    public Runnable call(String name, byte[] argument, ShippedWork task, Consumer<byte[]> answered) {
        OfferedDesk calls = desk();
        if (calls == null) {
            answered.accept(refusal("pool " + pool.name() + " offers nothing any more"));
            return () -> {};
        }
        return calls.call(name, argument, codec.ofOffers(task), end -> answered.accept(end.bytes()));
    }

    /** Returns what a task gets in the place of an answer: it sees an {@link IllegalStateException} that says why. */
    public static byte[] refusal(String why) {
        return CallEnd.refused(why).bytes();
    }

    /** Interrupts what is called: the pool ends. */
    public synchronized void stop() {
        stopped = true;
        if (desk != null) {
            desk.stop();
        }
    }
}
