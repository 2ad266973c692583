package dev.pando.internal.shared;

/** A counter. Guarded by the lock of the table. */
final class CounterState extends ConstructState {
    private long count;

    CounterState(SharedTable table) {
        super(table, 'c');
    }

    @Override
    void handle(SharedCall call) {
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
    }

    @Override
    void withdraw(SharedCall call) {}

    @Override
    void close(String why) {}
}
