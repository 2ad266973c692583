package dev.pando.internal.shared;

import dev.pando.internal.process.wire.CountPage;
import org.jspecify.annotations.Nullable;

/**
 * A counter. Guarded by the lock of the table, until workers call it often: then it moves to memory that they see as
 * well, and from there on a worker that was shown the memory asks no more. What is called here goes on in that memory,
 * among the steps of the workers.
 */
final class CounterState extends ConstructState {
    /**
     * After how many calls of workers it moves: some milliseconds' worth. A program that counts little is spared the
     * making of memory, and the warning of the JVM that goes with it.
     */
    static final int CALLS_IN_TABLE = 256;

    /** The count, as long as there is no memory. */
    private long count;

    private @Nullable CounterMemory memory;
    private int calls;

    CounterState(SharedTable table) {
        super(table, 'c');
    }

    @Override
    void handle(SharedCall call) {
        CounterMemory here = memory;
        if (here != null) {
            if (call instanceof RemoteCall remote) {
                remote.memory = here;
            }
            handle(call, here.page());
            return;
        }
        switch (call.operation) {
            case ADD -> {
                count += call.amount;
                done(call, count);
            }
            case COUNT -> done(call, count);
            case SWAP_COUNT -> {
                if (count == call.amount) {
                    count = call.other;
                    done(call);
                } else {
                    undone(call);
                }
            }
            default -> throw new AssertionError(call.operation);
        }
        if (call instanceof RemoteCall && ++calls == CALLS_IN_TABLE) {
            table.wantMemory(this::take);
        }
    }

    private void handle(SharedCall call, CountPage page) {
        switch (call.operation) {
            case ADD -> done(call, page.add(call.amount));
            case COUNT -> done(call, page.get());
            case SWAP_COUNT -> {
                if (page.compareAndSet(call.amount, call.other)) {
                    done(call);
                } else {
                    undone(call);
                }
            }
            default -> throw new AssertionError(call.operation);
        }
    }

    /** Called by the thread that made the memory, without the lock. */
    private void take(CounterMemory lent) {
        if (!table.takeMemory(this, () -> moveTo(lent))) {
            lent.giveBack();
        }
    }

    /** Called under the lock, so that no call comes between the last look at the old count and the first at the new. */
    private void moveTo(CounterMemory lent) {
        lent.page().begin(count);
        memory = lent;
    }

    @Override
    void withdraw(SharedCall call) {}

    @Override
    void close(String why) {
        CounterMemory here = memory;
        if (here != null) {
            here.page().close();
            table.dropMemory(here);
        }
    }
}
