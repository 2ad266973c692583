package dev.pando.loop;

import dev.pando.internal.loop.LoopEngine;
import dev.pando.internal.loop.LoopSettings;
import dev.pando.internal.util.Checks;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import java.time.Duration;
import java.util.function.Consumer;

/** A {@link Loop} as a value: its settings, each of which is changed in a copy, and the engine that they start. */
abstract sealed class LoopBackend implements Backend permits Loop {
    final LoopSettings settings;

    LoopBackend(LoopSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns a loop whose clock jumps: when no coroutine can go on, the clock goes to the next deadline at once. For
     * tests. While a blocking call is under way the clock stands still.
     */
    public Loop virtualTime() {
        return new Loop(settings.withVirtualTime());
    }

    /**
     * Returns a loop that draws the next coroutine by lot from those ready, by this seed: for tests of programs that
     * rely on no order.
     */
    public Loop shuffled(long seed) {
        return new Loop(settings.withSeed(seed));
    }

    /**
     * Returns a loop that reports a coroutine which holds it for longer than this; zero turns the reports off. The
     * default is 100 ms.
     *
     * @throws IllegalArgumentException the limit is negative
     */
    public Loop warnAfter(Duration limit) {
        return new Loop(settings.withWarnNanos(Checks.notNegative(limit, "limit")));
    }

    /**
     * Returns a loop that reports to this consumer instead of the log, on another thread, while the coroutine still
     * holds the loop.
     */
    public Loop reportTo(Consumer<String> report) {
        return new Loop(settings.withReport(Checks.present(report, "report")));
    }

    @Override
    public Engine start(Host host) {
        return new LoopEngine(host, settings);
    }

    @Override
    public String toString() {
        return "Loop.create()" + settings;
    }
}
