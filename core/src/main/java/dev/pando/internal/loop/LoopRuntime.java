package dev.pando.internal.loop;

import dev.pando.Pool;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Backend;
import dev.pando.spi.Waiter;
import dev.pando.spi.Waiters;
import java.util.StringJoiner;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A loop that runs: its coroutines, from their start to their end. Which of them runs, the {@link Turn} decides.
 *
 * <p>Threads: fields belong to the thread that holds the turn, except those that say otherwise.
 */
public final class LoopRuntime implements Waiters.Source {
    private static final AtomicLong LOOPS = new AtomicLong();

    final String name;
    final ThreadFactory threads;
    final Turn turn;
    final CoroutineRegistry registry;
    final UnobservedFailures unobserved;
    private final LoopWatchdog watchdog;

    /** Runs once, with the turn, when the loop has ended. */
    private final Runnable whenEnded;

    /** Any thread, by atomic steps. */
    private final AtomicLong numbers = new AtomicLong();

    private int alive;

    /** How many waits for tasks have ended, of coroutines that belong to no pool and had the turn. */
    long waitsEnded;

    /** Set once. Read by any thread. */
    private volatile boolean ending;

    /** For groups; made when first asked for. */
    private @Nullable Pool pool;

    @SuppressWarnings("this-escape") // the parts know the whole, and call it only once there are coroutines
    LoopRuntime(String name, LoopSettings settings, Runnable whenEnded) {
        this.name = name;
        this.whenEnded = whenEnded;
        threads = settings.threads(name);
        watchdog = new LoopWatchdog(this, settings);
        turn = new Turn(this, ReadyQueue.of(settings.seed()), new LoopClock(settings.isVirtual()), watchdog);
        registry = new CoroutineRegistry(this);
        unobserved = new UnobservedFailures(name);
    }

    static String nextName() {
        return "loop" + LOOPS.incrementAndGet();
    }

    @Override
    public @Nullable Waiter current() {
        return turn.isMine() ? turn.current : null;
    }

    static String dumpAll() {
        StringJoiner loops = new StringJoiner("\n");
        for (Waiters.Source source : Waiters.sources()) {
            if (source instanceof LoopRuntime loop) {
                loops.add(loop.registry.dump());
            }
        }
        return loops.length() == 0 ? "no loop has a coroutine" : loops.toString();
    }

    @Override
    public String toString() {
        return name + (ending ? " (ended)" : "");
    }

    long number() {
        return numbers.incrementAndGet();
    }

    boolean isEnding() {
        return ending;
    }

    int alive() {
        return alive;
    }

    /** Lets a coroutine begin when its turn comes. Any thread. */
    void start(Coroutine coroutine) {
        if (turn.isMine()) {
            admit(coroutine);
        } else {
            turn.post(coroutine, Coroutine.NEW);
        }
    }

    /**
     * Lets a coroutine begin when its turn comes after that moment. Until then it is an alarm, and has no thread.
     */
    void admitAt(Coroutine coroutine, long moment) {
        turn.expect(alive + 1);
        turn.timers.add(coroutine, moment);
        coroutine.waiting = true;
        count(coroutine);
    }

    /** Counts the coroutine last, when nothing can fail any more, so that a failure leaves nothing to undo. */
    void admit(Coroutine coroutine) {
        turn.expect(alive + 1);
        if (alive == 0) {
            Waiters.add(this);
        }
        turn.ready(coroutine);
        count(coroutine);
    }

    /**
     * Admits a coroutine whose starter has gone on, and ends it if there is no memory for that, or if the loop has
     * ended meanwhile. Never throws.
     */
    void admitPosted(Coroutine coroutine) {
        if (ending) {
            refuse(coroutine);
            return;
        }
        if (alive == 0 && coroutine.endsIdleLoop()) {
            // at once, by the thread that closes the pool: a thread of the loop may get no processor for long
            ending = true;
            finish();
            return;
        }
        try {
            admit(coroutine);
        } catch (Throwable noMemory) {
            count(coroutine);
            endUnbegun(coroutine, noMemory);
        }
    }

    /** Ends a coroutine that was counted and cannot begin. Never throws: the loop waits for this end. */
    void endUnbegun(Coroutine coroutine, Throwable why) {
        try {
            coroutine.cannotBegin(why);
        } catch (Throwable t) {
            tellFault(coroutine, t);
        }
        ended(coroutine);
    }

    static void tellFault(Coroutine at, Throwable thrown) {
        FaultLog.tell(FaultKind.STEP, at, thrown);
    }

    private void refuse(Coroutine coroutine) {
        coroutine.giveUp();
        Throwable why;
        try {
            why = new RejectedExecutionException(name + " has ended");
        } catch (OutOfMemoryError noMemory) {
            why = noMemory;
        }
        coroutine.cannotBegin(why);
    }

    private void count(Coroutine coroutine) {
        alive++;
        registry.add(coroutine);
    }

    void ended(Coroutine coroutine) {
        coroutine.ended = true;
        registry.remove(coroutine);
        if (--alive > 0) {
            return;
        }
        Waiters.remove(this);
        watchdog.attention(); // so that its thread may end
        if (ending) {
            finish();
        }
    }

    private void finish() {
        watchdog.stop();
        whenEnded.run();
    }

    /**
     * Refuses new coroutines, and cancels the others. Called by a coroutine that is at its own end. Never throws: no
     * other coroutine would do this.
     */
    void end(Coroutine last) {
        ending = true;
        last.abandoned = true;
        Coroutine next = registry.oldest();
        while (next != null) {
            if (!next.abandoned) {
                next.abandoned = true;
                next.giveUp();
            }
            // callbacks may have passed the turn on meanwhile, and the links of one that has ended lead nowhere
            next = next.ended ? registry.oldest() : next.younger;
        }
        while (pool != null) {
            try {
                pool.kill();
                return;
            } catch (OutOfMemoryError noMemory) {
                MemoryPause.rest();
            }
        }
    }

    /** Returns the pool whose tasks are coroutines of this loop, and makes it at the first call. */
    Pool pool(Function<LoopRuntime, Backend> backend) {
        Pool made = pool;
        if (made == null) {
            pool = made = Pool.with(backend.apply(this))
                    .named(name)
                    .queue(Integer.MAX_VALUE)
                    .open();
        }
        return made;
    }
}
