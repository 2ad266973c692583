package dev.pando.junit.internal;

import dev.pando.Pool;
import dev.pando.junit.Isolated;
import dev.pando.junit.internal.wire.UnitOrder;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestDescriptor;

/**
 * Runs one unit, in one worker, and after each death in another, until each test has ended. Each death ends at least
 * one test or container for good, so the rounds end.
 */
final class UnitRun {
    private final TestDescriptor unit;
    private final UnitContext context;
    private final ReportLedger ledger;

    /** Whether the worker of the last round lives. */
    private boolean alive;

    UnitRun(TestDescriptor unit, UnitContext context) {
        this.unit = unit;
        this.context = context;
        ledger = new ReportLedger(unit, context.listener());
    }

    void run() {
        WorkerSettings settings = settings();
        try {
            refuseInner(unit);
            TestTimeouts timeouts = new TestTimeouts(context.setup().parameters());
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
            context.pools().release(settings, alive);
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
        alive = false;
        boolean whole = round.run(pool, order(rest, timeouts), unit.getDisplayName());
        alive = whole;
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

    private UnitOrder order(List<TestDescriptor> tests, TestTimeouts timeouts) {
        Map<String, String> properties = InheritedSetup.properties();
        TestDescriptor next = context.sequence().after(unit);
        return new UnitOrder(
                ids(tests),
                ledger.done(),
                properties.equals(context.setup().properties()) ? null : properties,
                timeouts.hasAny(),
                settings().reuse(),
                next == null ? List.of() : ids(new ReportLedger(next, context.listener()).unfinished()));
    }

    private List<String> ids(List<TestDescriptor> tests) {
        return tests.stream()
                .flatMap(test -> context.root().selection(test).stream())
                .toList();
    }

    private WorkerSettings settings() {
        return WorkerSettings.of(UnitFinder.annotation(unit).orElseThrow());
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
