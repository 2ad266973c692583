package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedEvent;
import java.time.Duration;

/** An event by its number and tag. */
record EventHandle(long number, long tag) implements SharedEvent {

    @Override
    public void set() {
        SharedLinks.ask(number, tag, SharedOperation.SET, 0, 0);
    }

    @Override
    public void clear() {
        SharedLinks.ask(number, tag, SharedOperation.CLEAR, 0, 0);
    }

    @Override
    public boolean isSet() {
        return SharedLinks.ask(number, tag, SharedOperation.IS_SET, 0, 0).amount() != 0;
    }

    @Override
    public void await() throws InterruptedException {
        SharedLinks.call(number, tag, SharedOperation.AWAIT, Long.MAX_VALUE, 0, 0);
    }

    @Override
    public boolean await(Duration patience) throws InterruptedException {
        long nanos = Checks.notNegative(patience, "patience");
        return SharedLinks.call(number, tag, SharedOperation.AWAIT, nanos, 0, 0).isDone();
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
