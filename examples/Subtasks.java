/*
 * A task that splits its work and submits the parts to the pool that runs it, as deep as it likes.
 *
 * Two workers are enough: a worker that waits for a part which has not begun runs that part itself.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.Worker;
import dev.pando.process.Processes;

void main() {
    try (Pool pool = Pool.open(Processes.of(2))) {
        System.out.println("sum of the first million squares: " + pool.submit(() -> squares(1, 1_000_001)).result());
    }
}

static long squares(long from, long to) {
    if (to - from <= 50_000) {
        long sum = 0;
        for (long n = from; n < to; n++) {
            sum += n * n;
        }
        return sum;
    }
    long middle = (from + to) / 2;
    TaskFuture<Long> low = Worker.pool().submit(() -> squares(from, middle));
    TaskFuture<Long> high = Worker.pool().submit(() -> squares(middle, to));
    return low.result() + high.result();
}
