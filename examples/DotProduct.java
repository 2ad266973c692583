/*
 * The dot product of two vectors, by four processes that add their partial sums to one value.
 *
 * Each process is sent its quarter of both vectors, sums it up by itself, and adds the sum under a lock: reading the
 * value and writing it back is then one step. Adding each product under the lock would be as right, and far slower.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedValue;

static final int SIZE = 4_000;
static final int PARTS = 4;

void main() {
    double[] x = new double[SIZE];
    double[] y = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
        x[i] = i % 10;
        y[i] = 2;
    }
    try (Pool pool = Pool.open(Processes.of(PARTS))) {
        SharedValue<Double> sum = pool.shared().value(0.0);
        SharedLock lock = pool.shared().lock();
        List<TaskFuture<Integer>> parts = new ArrayList<>();
        for (int from = 0; from < SIZE; from += SIZE / PARTS) {
            double[] mine = Arrays.copyOfRange(x, from, from + SIZE / PARTS);
            double[] other = Arrays.copyOfRange(y, from, from + SIZE / PARTS);
            parts.add(pool.submit(() -> add(mine, other, sum, lock)));
        }
        int elements = 0;
        for (TaskFuture<Integer> part : parts) {
            elements += part.result();
        }
        System.out.println("elements: " + elements);
        System.out.println("dot product: " + sum.get());
    }
}

static int add(double[] x, double[] y, SharedValue<Double> sum, SharedLock lock) throws InterruptedException {
    double partial = 0;
    for (int i = 0; i < x.length; i++) {
        partial += x[i] * y[i];
    }
    double mine = partial;
    lock.withLock(() -> sum.set(sum.get() + mine));
    return x.length;
}
