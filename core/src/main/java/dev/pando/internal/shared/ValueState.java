package dev.pando.internal.shared;

/** One value. Guarded by the lock of the table. */
final class ValueState extends ConstructState {
    private Object value;
    private long version = 1;

    /** The bytes of the value that are counted: those of the first one are not. */
    private long cost;

    ValueState(SharedTable table, Object value) {
        super(table, 'v');
        this.value = value;
    }

    @Override
    void handle(SharedCall call) {
        switch (call.operation) {
            case READ -> done(call, version, value);
            case WRITE -> write(call);
            case SWAP -> {
                if (call.amount == version) {
                    write(call);
                } else {
                    undone(call);
                }
            }
            default -> throw new AssertionError(call.operation);
        }
    }

    private void write(SharedCall call) {
        table.budget().free(cost);
        cost = call.countedBytes;
        call.countedBytes = 0; // it is the value's from here on
        value = call.items.getFirst();
        version++;
        done(call);
    }

    @Override
    void withdraw(SharedCall call) {}

    @Override
    void close(String why) {
        table.budget().free(cost);
        cost = 0;
    }
}
