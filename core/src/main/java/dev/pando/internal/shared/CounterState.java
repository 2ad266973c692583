package dev.pando.internal.shared;

import dev.pando.internal.process.wire.CountPage;
import org.jspecify.annotations.Nullable;

/**
 * A counter. Guarded by the lock of the table, until it moves to memory. What is called here goes on in that memory,
 * among the steps of the workers.
 */
final class CounterState extends MovingState {
    /** The count, as long as there is no memory. */
    private long count;

    private @Nullable CountPage page;

    CounterState(SharedTable table) {
        super(table, 'c');
    }

    @Override
    void handle(SharedCall call) {
        CountPage here = page;
        if (here != null) {
            if (call instanceof RemoteCall remote) {
                remote.memory = memory;
            }
            handle(call, here);
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
        count(call);
    }

    private void handle(SharedCall call, CountPage here) {
        switch (call.operation) {
            case ADD -> done(call, here.add(call.amount));
            case COUNT -> done(call, here.get());
            case SWAP_COUNT -> {
                if (here.compareAndSet(call.amount, call.other)) {
                    done(call);
                } else {
                    undone(call);
                }
            }
            default -> throw new AssertionError(call.operation);
        }
    }

    @Override
    void moveTo(WordMemory lent) {
        CountPage here = new CountPage(lent.bytes());
        here.begin(count);
        page = here;
    }

    @Override
    void withdraw(SharedCall call) {}

    @Override
    void close(String why) {
        if (page != null) {
            page.close();
        }
        dropMemory();
    }
}
