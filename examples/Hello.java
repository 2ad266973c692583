/*
 * The program of the README: one task, many in order, whichever is done first.
 */
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;

void main() {
    try (Pool pool = Pool.open(Threads.of(4))) {
        TaskFuture<Long> sum = pool.submit(() -> sumUpTo(100_000L));
        System.out.println(sum.result());

        List<Boolean> primes = pool.map(n -> isPrime(n), List.of(2L, 91L, 97L)).toList(); // in the order of the inputs
        System.out.println(primes);

        List<TaskFuture<Long>> sums = List.of(pool.submit(() -> sumUpTo(10L)), pool.submit(() -> sumUpTo(20L)));
        for (TaskFuture<Long> next : Futures.asCompleted(sums)) {
            System.out.println(next.result());
        }
    } // waits for whatever is still running
}

static long sumUpTo(long last) {
    return LongStream.rangeClosed(1, last).sum();
}

static boolean isPrime(long n) {
    return n > 1 && LongStream.rangeClosed(2, (long) Math.sqrt(n)).noneMatch(divisor -> n % divisor == 0);
}
