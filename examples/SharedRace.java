/*
 * A race between two processes, and its cure.
 *
 * Two processes add one to a number, again and again: each reads it, adds, and writes. If both read before either
 * writes, one of the two additions is lost. A barrier makes that happen in every round here; without it the loss comes
 * when you do not look. The cure is to make reading and writing one step: under a lock, or by an update.
 */
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedValue;

static final int ROUNDS = 100;

void main() {
    try (Pool pool = Pool.open(Processes.of(2))) {
        SharedValue<Integer> number = pool.shared().value(0);
        SharedBarrier bothHaveRead = pool.shared().barrier(2);
        SharedLock lock = pool.shared().lock();

        twice(pool, () -> raced(number, bothHaveRead));
        System.out.println("Two processes, 100 additions each, both read before either writes: " + number.get());

        number.set(0);
        twice(pool, () -> locked(number, lock));
        System.out.println("The same under a lock: " + number.get());

        number.set(0);
        twice(pool, () -> updated(number));
        System.out.println("The same as an update, without a lock: " + number.get());
    }
}

static void twice(Pool pool, Task<Integer> task) {
    TaskFuture<Integer> one = pool.submit(task);
    TaskFuture<Integer> other = pool.submit(task);
    one.result();
    other.result();
}

static int raced(SharedValue<Integer> number, SharedBarrier bothHaveRead) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
        int read = number.get();
        bothHaveRead.await();
        number.set(read + 1);
        bothHaveRead.await();
    }
    return ROUNDS;
}

static int locked(SharedValue<Integer> number, SharedLock lock) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
        lock.withLock(() -> number.set(number.get() + 1));
    }
    return ROUNDS;
}

static int updated(SharedValue<Integer> number) {
    for (int i = 0; i < ROUNDS; i++) {
        number.update(n -> n + 1);
    }
    return ROUNDS;
}
