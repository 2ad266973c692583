package dev.pando.loop;

import dev.pando.Pool;
import dev.pando.spi.Backend;
import dev.pando.spi.Waiter;
import dev.pando.spi.Waiters;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One loop that runs: its coroutines, from their start to their end. Who of them runs is the {@link Turn}'s.
 *
 * <p>Threads: fields belong to whoever holds the turn, except those that say otherwise.
 */
final class LoopEngine implements Waiters.Source {
    private static final AtomicLong LOOPS = new AtomicLong();

    final String name;
    final ThreadFactory threads;
    final Turn turn;
    final Census census;
    final Unheeded unheeded;
    private final Warden warden;

    /** Called once, when the loop has ended and nothing of it is left. */
    private final Runnable over;

    /** Any thread, by atomic steps. */
    private final AtomicLong numbers = new AtomicLong();

    private int alive;

    /** Set once. Read by any thread. */
    private volatile boolean ending;

    /** For groups; made when first asked for. */
    private @Nullable Pool pool;

    @SuppressWarnings("this-escape") // the parts know the whole, and call it only once there are coroutines
    LoopEngine(String name, Loop settings, Runnable over) {
        this.name = name;
        this.over = over;
        threads = settings.threads(name);
        warden = new Warden(this, settings);
        turn = new Turn(this, settings.ring(), new LoopClock(settings.isVirtual()), warden);
        census = new Census(this);
        unheeded = new Unheeded(this);
    }

    static String nextName() {
        return "loop" + LOOPS.incrementAndGet();
    }

    /** Runs the body and whatever it starts, and returns when all of that is over. */
    static <T extends @Nullable Object> T run(Loop settings, Callable<T> body) {
        Waiter caller = Waiter.current();
        End end = new End(caller);
        LoopEngine loop = new LoopEngine(nextName(), settings, end);
        Root<T> root = new Root<>(loop, body);
        loop.start(root);
        boolean interrupted = false;
        while (!end.isOver) {
            try {
                caller.await(loop.name, () -> end.isOver, Waiter.NEVER);
            } catch (InterruptedException e) {
                interrupted = true;
                root.future().cancel(true);
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        try {
            return root.future().result();
        } finally {
            loop.unheeded.report();
        }
    }

    /** Tells the caller of run. */
    private static final class End implements Runnable {
        private final Waiter caller;
        private volatile boolean isOver;

        End(Waiter caller) {
            this.caller = caller;
        }

        @Override
        public void run() {
            isOver = true;
            caller.wake();
        }
    }

    @Override
    public @Nullable Waiter current() {
        return turn.isMine() ? turn.current : null;
    }

    static String dumpAll() {
        StringJoiner loops = new StringJoiner("\n");
        for (Waiters.Source source : Waiters.sources()) if (source instanceof LoopEngine loop) loops.add(loop.census.dump());
        return loops.length() == 0 ? "no loop has a coroutine" : loops.toString();
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
        if (turn.isMine()) admit(coroutine);
        else turn.post(coroutine, Coroutine.NEW);
    }

    void admit(Coroutine coroutine) {
        if (alive++ == 0) Waiters.add(this);
        census.add(coroutine);
        turn.ready(coroutine);
    }

    void ended(Coroutine coroutine) {
        coroutine.ended = true;
        census.remove(coroutine);
        if (--alive > 0) return;
        Waiters.remove(this);
        warden.attention(); // it may go home
        if (!ending) return;
        warden.stop();
        over.run();
    }

    void failed(Spawned<?> coroutine) {
        unheeded.add(coroutine);
    }

    /** Takes nothing new, and cancels what is left. Called by a coroutine that is at its own end. */
    void end(Coroutine last) {
        ending = true;
        for (Coroutine left : census.all()) if (left != last) left.abandon();
        if (pool != null) pool.kill();
    }

    /** A pool whose tasks are coroutines of this loop. */
    Pool pool() {
        Pool made = pool;
        if (made == null) pool = made = Pool.with(new Part(this)).named(name).queue(Integer.MAX_VALUE).open();
        return made;
    }

    /** This loop as a backend. */
    private record Part(LoopEngine loop) implements Backend {
        @Override
        public LoopWorkers start(dev.pando.spi.Host host) {
            return new LoopWorkers(host, loop);
        }

        @Override
        public String toString() {
            return loop.name;
        }
    }
}
