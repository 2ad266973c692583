package dev.pando.junit.internal;

import dev.pando.Pool;
import dev.pando.Submitter;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.junit.internal.wire.TestEvent;
import dev.pando.junit.internal.wire.UnitOrder;
import dev.pando.junit.internal.worker.UnitTask;
import dev.pando.shared.SharedQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;

/**
 * One worker's go at a unit. The engine's thread reads events until the worker's task has ended; it alone decides that
 * a test has taken too long. Then it asks the worker where the test is, cancels the task, and leaves it to the pool to
 * interrupt and to kill.
 */
final class UnitRound {
    /** How long a worker may take to say where its test is, on a busy machine. One that is frozen never says. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** How long to wait where nothing has a limit; it only bounds a sleep. */
    private static final Duration LONG = Duration.ofHours(1);

    private final TestDescriptor unit;
    private final ReportLedger ledger;
    private final TestTimeouts timeouts;

    /** What runs in this worker, in the order in which it began, and when that was. */
    private final Map<String, Long> running = new LinkedHashMap<>();

    private long lastEvent = System.nanoTime();
    private @Nullable TestExecutionResult around;
    private @Nullable String aroundSkipped;

    UnitRound(TestDescriptor unit, ReportLedger ledger, TestTimeouts timeouts) {
        this.unit = unit;
        this.ledger = ledger;
        this.timeouts = timeouts;
    }

    /** Returns whether the worker has done all it was asked to. Otherwise some test, or the unit, has failed. */
    boolean run(Pool pool, UnitOrder order, String name) throws InterruptedException {
        SharedQueue<byte[]> events = pool.shared().queue(1000);
        SharedQueue<String> orders = pool.shared().queue(1);
        TaskFuture<@Nullable Void> task = start(pool.named(name), order, events, orders);
        try {
            var _ = task.onDone(_ -> events.close());
            List<TestDescriptor> late = follow(task, events);
            if (!late.isEmpty()) {
                stop(late, task, events, orders);
                return false;
            }
            Throwable failure = task.exception();
            if (failure != null) {
                blame(failure instanceof TaskFailedException ? cause(failure) : failure);
            }
            return failure == null;
        } finally {
            task.cancel(true); // nothing, unless a test is late or this thread was interrupted
            orders.close();
            events.close();
        }
    }

    /** Returns how what is around the unit has failed; {@code null} if it has not. */
    @Nullable
    Throwable failureAround() {
        return around == null
                ? null
                : around.getThrowable().orElseGet(() -> new AssertionError("failed, without a reason"));
    }

    /** Returns why what is around the unit was skipped; {@code null} if it was not. */
    @Nullable
    String skippedAround() {
        return aroundSkipped;
    }

    private static TaskFuture<@Nullable Void> start(
            Submitter pool, UnitOrder order, SharedQueue<byte[]> events, SharedQueue<String> orders) {
        return pool.submit(() -> UnitTask.run(order, events, orders));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    /** Returns the tests that take too long; none if the task has ended. */
    private List<TestDescriptor> follow(TaskFuture<?> task, SharedQueue<byte[]> events) throws InterruptedException {
        while (true) {
            byte[] packed = events.poll(patience());
            if (packed == null && task.isDone()) {
                packed = events.poll(); // one that came between the look at the queue and the look at the task
                if (packed == null) {
                    return List.of();
                }
            }
            if (packed != null) {
                note(TestEvent.unpack(packed));
                continue;
            }
            List<TestDescriptor> late = late();
            if (!late.isEmpty()) {
                return late;
            }
        }
    }

    private void note(TestEvent event) {
        lastEvent = System.nanoTime();
        switch (event) {
            case TestEvent.Started started -> running.put(started.id(), lastEvent);
            case TestEvent.Passed passed -> running.remove(passed.id());
            case TestEvent.Threw threw -> {
                running.remove(threw.id());
                if (ledger.find(threw.id()) == null && around == null) {
                    around = ReportLedger.result(threw);
                }
            }
            case TestEvent.Skipped skipped -> {
                if (ledger.find(skipped.id()) == null) {
                    aroundSkipped = skipped.reason();
                }
            }
            default -> {}
        }
        ledger.apply(event);
    }

    /** Asks where the tests are, lets them fail, and gives the worker up. */
    private void stop(
            List<TestDescriptor> late, TaskFuture<?> task, SharedQueue<byte[]> events, SharedQueue<String> orders)
            throws InterruptedException {
        Map<String, List<StackTraceElement>> stacks = new LinkedHashMap<>();
        List<StackTraceElement> other = List.of(); // of what is around the unit
        orders.offer("stop");
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (!late.stream().allMatch(test -> stacks.containsKey(ReportLedger.id(test))) && !task.isDone()) {
            byte[] packed = events.poll(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (packed == null) {
                break;
            }
            if (TestEvent.unpack(packed) instanceof TestEvent.StuckAt stuck) {
                stacks.put(stuck.id(), stuck.stack());
                other = stuck.stack();
            } // what ends now has ended too late
        }
        for (TestDescriptor test : late) {
            StackTraceElement[] stack =
                    stacks.getOrDefault(ReportLedger.id(test), other).toArray(StackTraceElement[]::new);
            TaskTimeoutException thrown = new TaskTimeoutException(
                    test.getDisplayName() + " took longer than " + said(timeouts.of(test)) + ", and was stopped"
                            + (stack.length == 0 ? "; its worker did not say where it was" : " where the stack says"),
                    stack);
            if (stack.length > 0) {
                thrown.setStackTrace(stack); // so that reports show where the test was, and not where we are
            }
            ledger.fail(test, thrown);
        }
    }

    /** The worker died: what ran there has failed by it. */
    private void blame(Throwable failure) {
        List<TestDescriptor> tests = tests();
        if (tests.isEmpty()) {
            tests = innermost();
        }
        if (tests.isEmpty()) {
            around = TestExecutionResult.failed(failure);
        }
        tests.forEach(test -> ledger.fail(test, failure));
    }

    private Duration patience() {
        long now = System.nanoTime();
        long shortest = LONG.toNanos();
        for (TestDescriptor test : watched()) {
            Duration limit = timeouts.of(test);
            if (limit != null) {
                shortest = Math.min(shortest, since(test) + limit.toNanos() - now);
            }
        }
        return Duration.ofNanos(Math.max(0, shortest));
    }

    private List<TestDescriptor> late() {
        long now = System.nanoTime();
        List<TestDescriptor> late = new ArrayList<>();
        for (TestDescriptor test : watched()) {
            Duration limit = timeouts.of(test);
            if (limit != null && now - since(test) >= limit.toNanos()) {
                late.add(test);
            }
        }
        return late;
    }

    /** A container's clock begins anew with each event, so that its many tests together may take longer. */
    private long since(TestDescriptor test) {
        Long began = running.get(ReportLedger.id(test));
        return test.isTest() && began != null ? began : lastEvent;
    }

    /** Returns whose time counts: the tests that run; else the container; else the unit, whose class is prepared. */
    private List<TestDescriptor> watched() {
        List<TestDescriptor> watched = tests();
        if (watched.isEmpty()) {
            watched = innermost();
        }
        return watched.isEmpty() && !running.isEmpty() ? List.of(unit) : watched;
    }

    private List<TestDescriptor> tests() {
        List<TestDescriptor> tests = new ArrayList<>();
        for (String id : running.keySet()) {
            TestDescriptor test = ledger.find(id);
            if (test != null && test.isTest()) {
                tests.add(test);
            }
        }
        return tests;
    }

    /** Returns the container that began last; none if only what is around the unit has begun. */
    private List<TestDescriptor> innermost() {
        TestDescriptor last = null;
        for (String id : running.keySet()) {
            TestDescriptor container = ledger.find(id);
            last = container == null ? last : container;
        }
        return last == null ? List.of() : List.of(last);
    }

    private static String said(@Nullable Duration limit) {
        if (limit == null) {
            return "it may";
        }
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
