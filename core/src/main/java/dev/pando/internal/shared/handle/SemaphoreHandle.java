package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedBody;
import dev.pando.shared.SharedSemaphore;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A semaphore by its number and tag. */
record SemaphoreHandle(long number, long tag) implements SharedSemaphore {

    @Override
    public void acquire() throws InterruptedException {
        SharedLinks.call(number, tag, SharedOperation.ACQUIRE, Long.MAX_VALUE, 0, 0);
    }

    @Override
    public boolean tryAcquire() {
        return SharedLinks.ask(number, tag, SharedOperation.ACQUIRE, 0, 0).isDone();
    }

    @Override
    public boolean tryAcquire(Duration patience) throws InterruptedException {
        long nanos = Checks.notNegative(patience, "patience");
        return SharedLinks.call(number, tag, SharedOperation.ACQUIRE, nanos, 0, 0)
                .isDone();
    }

    @Override
    public void release() {
        SharedLinks.ask(number, tag, SharedOperation.RELEASE, 0, 0);
    }

    @Override
    public int available() {
        return (int) SharedLinks.ask(number, tag, SharedOperation.PERMITS, 0, 0).amount();
    }

    @Override
    @SuppressWarnings("NamedLikeContextualKeyword")
    public <T extends @Nullable Object> T with(Callable<T> body) throws InterruptedException {
        Checks.present(body, "body");
        acquire();
        return HeldBody.run("what ran with a permit of a shared semaphore", body, this::release);
    }

    @Override
    @SuppressWarnings("NamedLikeContextualKeyword")
    public void with(SharedBody body) throws InterruptedException {
        with(HeldBody.of(Checks.present(body, "body")));
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
