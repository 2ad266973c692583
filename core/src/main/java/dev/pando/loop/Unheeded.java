package dev.pando.loop;

import java.util.ArrayDeque;

/**
 * Coroutines that failed, until somebody asks how they ended. Whom nobody has asked for when the loop is over, or when too
 * many others failed after it, is reported in the log: no failure is silent. Belongs to whoever holds the turn, and then to
 * whoever ends the loop.
 */
final class Unheeded {
    private static final System.Logger LOG = System.getLogger("dev.pando");
    private static final int MOST = 100;

    private final LoopEngine loop;
    private final ArrayDeque<Spawned<?>> failed = new ArrayDeque<>();

    Unheeded(LoopEngine loop) {
        this.loop = loop;
    }

    void add(Spawned<?> coroutine) {
        failed.add(coroutine);
        if (failed.size() > MOST) report(failed.remove());
    }

    void report() {
        while (!failed.isEmpty()) report(failed.remove());
    }

    private void report(Spawned<?> coroutine) {
        if (coroutine.isHeeded()) return;
        LOG.log(System.Logger.Level.ERROR,
                coroutine.name() + " of " + loop.name + " failed, and nobody asked how it ended",
                coroutine.future().exceptionNow());
    }
}
