package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.ConstructFactory;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedPipe;
import dev.pando.shared.SharedQueue;
import dev.pando.shared.SharedSemaphore;
import dev.pando.shared.SharedSpace;
import dev.pando.shared.SharedValue;

/** Makes constructs in the table of one pool, and handles of them. Any thread. */
public final class SharedSpaceImpl implements SharedSpace {
    /** How many items a pipe holds for its receiver. */
    private static final int PIPE_ITEMS = 1024;

    private final ConstructFactory factory;

    private SharedSpaceImpl(SharedTable table) {
        factory = new ConstructFactory(table);
    }

    /** Returns the constructs of this table. Typed so that a pool which shares nothing does not load the interface. */
    public static SharedSpace of(SharedTable table) {
        return new SharedSpaceImpl(table);
    }

    @Override
    public <T> SharedQueue<T> queue(int capacity) {
        long number = factory.queue(Checks.positive(capacity, "capacity"));
        return new QueueHandle<>(number, SharedLinks.tagOf(number));
    }

    @Override
    public SharedLock lock() {
        long number = factory.lock();
        return new LockHandle(number, SharedLinks.tagOf(number));
    }

    @Override
    public SharedCounter counter() {
        long number = factory.counter();
        return new CounterHandle(number, SharedLinks.tagOf(number));
    }

    @Override
    public SharedSemaphore semaphore(int permits) {
        long number = factory.semaphore(Checks.notNegative(permits, "permits"));
        return new SemaphoreHandle(number, SharedLinks.tagOf(number));
    }

    @Override
    public SharedBarrier barrier(int parties) {
        long number = factory.barrier(Checks.positive(parties, "parties"));
        return new BarrierHandle(number, SharedLinks.tagOf(number));
    }

    @Override
    public SharedEvent event() {
        long number = factory.event();
        return new EventHandle(number, SharedLinks.tagOf(number));
    }

    @Override
    public <T> SharedValue<T> value(T initial) {
        long number = factory.value(Checks.present(initial, "initial"));
        return new ValueHandle<>(number, SharedLinks.tagOf(number));
    }

    @Override
    public <K, V> SharedMap<K, V> map() {
        long number = factory.map();
        return new MapHandle<>(number, SharedLinks.tagOf(number));
    }

    @Override
    public <A, B> SharedPipe<A, B> pipe() {
        long right = factory.way(PIPE_ITEMS);
        long left = factory.way(PIPE_ITEMS);
        return new PipeHandle<>(
                new QueueHandle<>(right, SharedLinks.tagOf(right)), new QueueHandle<>(left, SharedLinks.tagOf(left)));
    }
}
