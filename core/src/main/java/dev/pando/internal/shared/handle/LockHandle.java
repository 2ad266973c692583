package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedBody;
import dev.pando.shared.SharedLock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A lock by its number and tag. */
record LockHandle(long number, long tag) implements SharedLock {

    @Override
    public void lock() throws InterruptedException {
        SharedLinks.call(number, tag, SharedOperation.LOCK, Long.MAX_VALUE, 0, 0);
    }

    @Override
    public boolean tryLock() {
        return SharedLinks.ask(number, tag, SharedOperation.LOCK, 0, 0).isDone();
    }

    @Override
    public boolean tryLock(Duration patience) throws InterruptedException {
        long nanos = Checks.notNegative(patience, "patience");
        return SharedLinks.call(number, tag, SharedOperation.LOCK, nanos, 0, 0).isDone();
    }

    @Override
    public void unlock() {
        SharedLinks.ask(number, tag, SharedOperation.UNLOCK, 0, 0);
    }

    @Override
    public <T extends @Nullable Object> T withLock(Callable<T> body) throws InterruptedException {
        Checks.present(body, "body");
        lock();
        return HeldBody.run("what ran with a shared lock", body, this::unlock);
    }

    @Override
    public void withLock(SharedBody body) throws InterruptedException {
        withLock(HeldBody.of(Checks.present(body, "body")));
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
