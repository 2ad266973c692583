/*
 * Wait with a timeout, see which tasks are done, take all as they complete.
 *
 * Four sums go to two workers. One of them is held up behind a door that opens only after the timeout, so the wait ends
 * with three done and one not done. Running out of time is no error, and it cancels nothing.
 */
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WaitResult;
import dev.pando.When;
import dev.pando.local.Threads;

void main() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket door = new ServerSocket(0, 1, here);
            Pool pool = Pool.with(Threads.of(2)).named("adder").open()) {
        int port = door.getLocalPort();

        List<TaskFuture<Long>> sums = List.of(
                pool.named("held").submit(() -> sumBehindDoor(1_000L, port)),
                pool.named("large").submit(() -> sumUpTo(10_000_000L)),
                pool.named("medium").submit(() -> sumUpTo(1_000_000L)),
                pool.named("small").submit(() -> sumUpTo(100_000L)));

        System.out.println("Just submitted. There are two workers, so some wait for their turn:");
        for (TaskFuture<Long> sum : sums) {
            System.out.println("  " + sum);
        }

        Duration patience = Duration.ofSeconds(2);
        System.out.println("\nWaiting for all of them, at most " + patience.toSeconds() + " s ...");
        WaitResult<Long> waited = Futures.wait(sums, When.ALL_COMPLETED, patience);
        System.out.println("  done: " + waited.done().size() + ", not done: " + waited.notDone().size());
        for (TaskFuture<Long> sum : waited.done()) {
            System.out.println("  done      " + nameOf(sum) + " = " + sum.result());
        }
        for (TaskFuture<Long> sum : waited.notDone()) {
            System.out.println("  not done  " + nameOf(sum));
        }

        System.out.println("\nAll of them, as they complete; the door opens after the third:");
        int came = 0;
        for (TaskFuture<Long> sum : Futures.asCompleted(sums)) {
            System.out.println("  " + nameOf(sum) + " = " + sum.result());
            if (++came == 3) {
                door.accept().close();
            }
        }
    }
}

static long sumUpTo(long last) {
    long sum = 0;
    for (long i = 1; i <= last; i++) {
        sum += i;
    }
    return sum;
}

/** Waits at the door, then adds. The door is a port, which a task finds wherever it runs. */
static long sumBehindDoor(long last, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getInputStream().read(); // returns when main closes the connection
    }
    return sumUpTo(last);
}

/** Returns the name given at submission, without the number that the pool adds. */
static String nameOf(TaskFuture<?> future) {
    return future.info().name().replaceFirst("-\\d+$", "");
}
