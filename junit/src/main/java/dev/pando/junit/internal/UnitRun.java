package dev.pando.junit.internal;

import dev.pando.Pool;
import dev.pando.junit.Isolated;
import dev.pando.junit.internal.wire.UnitOrder;
import java.util.List;
import org.junit.platform.engine.TestDescriptor;

/**
 * Runs one unit, in one worker, and after each death in another, until each test has ended. Each death ends at least
 * one test or container for good, so the rounds end.
 */
final class UnitRun {
    private final TestDescriptor unit;
    private final UnitContext context;
    private final ReportLedger ledger;

    UnitRun(TestDescriptor unit, UnitContext context) {
        this.unit = unit;
        this.context = context;
        ledger = new ReportLedger(unit, context.listener());
    }

    void run() {
        WorkerSettings settings = WorkerSettings.of(UnitFinder.annotation(unit).orElseThrow());
        try {
            refuseInner(unit);
            TestTimeouts timeouts = new TestTimeouts(context.parameters());
            unit.accept(timeouts::of); // refuses nonsense before any test runs
            Pool pool = context.pools().pool(settings);
            while (!round(pool, timeouts)) {
                // the tests that are left run in the next worker
            }
        } catch (RuntimeException e) {
            ledger.failAround(e); // a setting that is none, or a pool that cannot start its workers
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ledger.failAround(e);
        } finally {
            context.pools().release(settings);
        }
        ledger.close();
    }

    /** Returns whether nothing is left to do. */
    private boolean round(Pool pool, TestTimeouts timeouts) throws InterruptedException {
        List<TestDescriptor> rest = ledger.unfinished();
        if (rest.isEmpty()) {
            return true;
        }
        UnitRound round = new UnitRound(unit, ledger, timeouts);
        boolean whole = round.run(pool, order(rest), unit.getDisplayName());
        Throwable failure = round.failureAround();
        if (failure != null) {
            ledger.failAround(failure);
            return true;
        }
        if (ledger.isUnitEnded()) {
            return true;
        }
        if (round.skippedAround() != null) {
            ledger.skipUnit(round.skippedAround());
            return true;
        }
        if (whole) {
            ledger.failAround(new IllegalStateException("the worker did not find " + unit.getUniqueId()));
        }
        return whole;
    }

    private UnitOrder order(List<TestDescriptor> tests) {
        return new UnitOrder(
                tests.stream()
                        .flatMap(test -> context.root().selection(test).stream())
                        .toList(),
                ledger.done(),
                context.parameters(),
                InheritedSetup.properties());
    }

    /** One unit has one worker, so what is inside may not ask for another kind. */
    private void refuseInner(TestDescriptor descriptor) {
        for (TestDescriptor child : descriptor.getChildren()) {
            boolean plain = UnitFinder.annotation(child)
                    .filter(inner -> !isInherited(inner, child))
                    .map(WorkerSettings::of)
                    .map(WorkerSettings::isPlain)
                    .orElse(true);
            if (!plain) {
                throw new IllegalArgumentException(child.getDisplayName() + " is inside the isolated "
                        + unit.getDisplayName() + " and runs in its worker: its own @Isolated may say only a timeout");
            }
            refuseInner(child);
        }
    }

    /** A nested class may extend the one that it is in, and then has the same annotation. */
    private boolean isInherited(Isolated inner, TestDescriptor child) {
        return UnitFinder.annotation(unit).filter(inner::equals).isPresent() && child != unit;
    }
}
