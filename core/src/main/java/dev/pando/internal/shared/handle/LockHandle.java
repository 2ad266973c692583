package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.LockCalls;
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
        var _ = LockCalls.lock(number, tag, Long.MAX_VALUE);
    }

    @Override
    public boolean tryLock() {
        return LockCalls.tryLock(number, tag);
    }

    @Override
    public boolean tryLock(Duration patience) throws InterruptedException {
        long nanos = Checks.notNegative(patience, "patience");
        return LockCalls.lock(number, tag, nanos);
    }

    @Override
    public void unlock() {
        LockCalls.unlock(number, tag);
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
