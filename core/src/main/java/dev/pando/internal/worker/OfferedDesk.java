package dev.pando.internal.worker;

import dev.pando.internal.util.HelperThreads;
import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.ThreadReport;
import dev.pando.spi.Host;
import dev.pando.spi.UnsendableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls what a program offers for tasks in other JVMs, each time on a thread of its own: the code is the user's. Any
 * thread may bring a call, and is held up by none.
 */
public final class OfferedDesk {
    private final TaskServices pool;
    private final HelperThreads threads;

    /** How what one task calls travels, at the end of the program. */
    public interface ProgramCodec {

        /**
         * Returns the argument of these bytes, if it consists of what the task may send.
         *
         * @throws UnsendableException it does not, or cannot be built here
         */
        @Nullable
        Object open(byte[] argument) throws UnsendableException;

        /**
         * Returns the bytes of a result.
         *
         * @throws UnsendableException it cannot travel, or is too large
         */
        byte[] pack(@Nullable Object result) throws UnsendableException;

        /** Returns how the call ended that threw this. */
        CallEnd threw(Throwable thrown);
    }

    /** @param name of the threads */
    public OfferedDesk(TaskServices pool, String name, Host host) {
        this.pool = pool;
        this.threads = new HelperThreads(ThreadLedger.factory(name, new ThreadReport(host)));
    }

    /**
     * Calls what is offered by this name.
     *
     * @param ended is told once how it ended, by any thread
     * @return withdraws the call: the caller waits no longer
     */
    public Runnable call(String name, byte[] argument, ProgramCodec codec, Consumer<CallEnd> ended) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<CallEnd> once = end -> {
            if (told.compareAndSet(false, true)) {
                ended.accept(end);
            }
        };
        OfferedRun run =
                new OfferedRun(() -> once.accept(endOf(name, argument, codec)), () -> once.accept(CallEnd.UNDONE));
        try {
            threads.execute(run);
        } catch (Throwable noThread) {
            once.accept(CallEnd.refused("the program had no thread for the call: " + noThread));
        }
        return run::withdraw;
    }

    private CallEnd endOf(String name, byte[] argument, ProgramCodec codec) {
        OfferedCall offered = pool.offered(name);
        if (offered == null) {
            return CallEnd.notOffered(pool.notOffered(name));
        }
        Object opened;
        try {
            opened = codec.open(argument);
            offered.checkArgument(opened);
        } catch (UnsendableException refused) {
            return CallEnd.notOffered(
                    "the argument for what the program offers as " + name + " " + refused.getMessage());
        } catch (IllegalArgumentException refused) {
            return CallEnd.notOffered(String.valueOf(refused.getMessage()));
        }
        try {
            return CallEnd.returned(packed(offered, offered.apply(opened), codec));
        } catch (Throwable t) {
            return codec.threw(t);
        }
    }

    private static byte[] packed(OfferedCall offered, @Nullable Object result, ProgramCodec codec) {
        try {
            return codec.pack(result);
        } catch (UnsendableException e) {
            throw offered.resultRefused(e);
        }
    }

    /** Interrupts what is called, and lets the threads end. */
    public void stop() {
        threads.stop();
    }
}
