package dev.pando.internal.shared;

/** Makes constructs in a table. Each method returns the number of the new one. */
public final class ConstructFactory {
    private final SharedTable table;

    public ConstructFactory(SharedTable table) {
        this.table = table;
    }

    public long queue(int capacity) {
        return table.add(new QueueState(table, capacity, false));
    }

    /** One way of a pipe: the death of its sender is told. */
    public long way(int capacity) {
        return table.add(new QueueState(table, capacity, true));
    }

    public long lock() {
        return table.add(new LockState(table));
    }

    public long counter() {
        return table.add(new CounterState(table));
    }

    public long semaphore(int permits) {
        return table.add(new SemaphoreState(table, permits));
    }

    public long barrier(int parties) {
        return table.add(new BarrierState(table, parties));
    }

    public long event() {
        return table.add(new EventState(table));
    }

    public long value(Object initial) {
        return table.add(new ValueState(table, table.packing().pack(initial)));
    }

    public long map() {
        return table.add(new MapState(table));
    }
}
