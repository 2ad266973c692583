package dev.pando.internal.shared;

import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.CurrentWorker;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.spi.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Calls of threads of this program, to constructs that are in it. */
final class LocalCalls {
    private LocalCalls() {}

    /** A call, which wakes its thread. */
    static final class LocalCall extends SharedCall {
        final Waiter waiter;

        /** The worker whose thread makes the call, as the deadlock detector knows it. */
        final @Nullable WaitingWorker worker;

        LocalCall(
                Waiter waiter,
                CallOwner owner,
                SharedOperation operation,
                CallPatience patience,
                long amount,
                long other,
                List<?> items) {
            super(owner, operation, patience, amount, other, items);
            this.waiter = waiter;
            this.worker = CurrentWorker.of(waiter);
        }

        @Override
        protected void tell() {
            waiter.wake();
        }

        CallAnswer answerFrom(ItemPacking packing) {
            List<Object> items = new ArrayList<>(answers().size());
            for (Object kept : answers()) {
                items.add(packing.unpack(kept));
            }
            return new CallAnswer(status(), answer(), items, text());
        }
    }

    static CallAnswer call(
            ConstructState state, SharedOperation operation, long nanos, long amount, long other, Object... items)
            throws InterruptedException {
        SharedTable table = state.table();
        List<Object> kept = new ArrayList<>(items.length);
        for (Object item : items) {
            kept.add(table.packing().pack(item));
        }
        Waiter waiter = Waiter.current();
        LocalCall call = new LocalCall(
                waiter, LocalRuns.owner(table), operation, SharedLinks.patience(nanos), amount, other, kept);
        table.submit(state.number, call);
        if (!call.isOver()) {
            await(table, state, call, nanos);
        }
        return call.answerFrom(table.packing());
    }

    /** Waits until the call has ended; if the wait ends in another way, the call is withdrawn, or had ended before. */
    private static void await(SharedTable table, ConstructState state, LocalCall call, long nanos)
            throws InterruptedException {
        try {
            long deadline = BlockingWait.deadline(nanos);
            boolean came = call.operation == SharedOperation.LOCK
                    ? BlockingWait.await(
                            call.waiter,
                            WaitEdge.For.one(new HeldLock(table, state, call), nanos != Long.MAX_VALUE),
                            call::isOver,
                            deadline)
                    : call.waiter.await(state, call::isOver, deadline);
            if (!came) {
                var _ = table.withdraw(call);
            }
        } catch (InterruptedException e) {
            if (table.withdraw(call)) {
                throw e;
            }
            Thread.currentThread().interrupt(); // it had ended: the next wait sees the interrupt
        } catch (RuntimeException | Error e) { // a circle, or the end of a coroutine
            if (table.withdraw(call)) {
                throw e;
            }
            if (e instanceof CancellationException) {
                Thread.currentThread().interrupt(); // as above: the next verb of the coroutine sees it
            }
        }
    }
}
