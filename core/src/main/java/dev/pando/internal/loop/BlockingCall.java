package dev.pando.internal.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.deadlock.CurrentWorker;
import dev.pando.internal.deadlock.WaitingWorker;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A blocking call of a coroutine, made on the coroutine's own stack but without the turn. Meanwhile the coroutine is no
 * part of its loop: verbs refuse it. A cancellation interrupts the thread, as long as the call lasts and no longer.
 */
final class BlockingCall implements Coroutine.Interruptible {
    private final Thread thread = Thread.currentThread();

    @GuardedBy("this")
    private boolean ended;

    @GuardedBy("this")
    private boolean interrupted;

    private BlockingCall() {}

    /** Called with the turn. */
    @Override
    public synchronized void interrupt() {
        if (ended) {
            return;
        }
        interrupted = true;
        thread.interrupt();
    }

    /**
     * Ends the call. Returns whether it was interrupted; the flag is cleared then, or else it would hit the next wait.
     */
    private synchronized boolean end() {
        ended = true;
        if (interrupted) {
            Thread.interrupted();
        }
        return interrupted;
    }

    @SuppressWarnings("NullAway") // the value is null only if the call returned null
    static <T extends @Nullable Object> T make(Coroutine me, Callable<T> call) throws Exception {
        BlockingCall trip = new BlockingCall();
        boolean marks = me instanceof WaitingWorker && CurrentWorker.get() == null;
        if (marks) {
            CurrentWorker.set((WaitingWorker) me); // or else a wait inside of the call could not be told to be its own
        }
        depart(me, trip);
        T value = null;
        Throwable thrown = null;
        try {
            value = call.call();
        } catch (Throwable t) {
            thrown = t;
        }
        boolean interrupted = trip.end();
        comeBack(me);
        if (marks) {
            CurrentWorker.set(null);
        }
        if (thrown == null) {
            return value;
        }
        if (interrupted) {
            endIfCancelled(me, thrown);
        }
        if (thrown instanceof Exception exception) {
            throw exception;
        }
        throw (Error) thrown;
    }

    private static void depart(Coroutine me, BlockingCall trip) {
        me.trip = trip;
        me.waitsFor = "a blocking call";
        me.since = me.turn.now();
        me.turn.outside++;
        me.turn.leave();
    }

    private static void comeBack(Coroutine me) {
        me.turn.rejoin(me);
        me.turn.outside--;
        me.waitsFor = null;
        me.trip = null;
    }

    /** Throws the cancellation if there is one: what the call threw is only the echo of the interrupt then. */
    private static void endIfCancelled(Coroutine me, Throwable echo) {
        try {
            me.check();
        } catch (CancellationException e) {
            e.addSuppressed(echo);
            throw e;
        }
    }
}
