/*
 * What cancelling does to a task that waits, to one that runs, and to all that wait.
 *
 * There is one worker, so the second task waits until the first has ended. cancel(false) takes back what no worker has
 * begun. cancel(true) also interrupts a task that runs; its future is done at once, and the worker is free again when
 * the task has obeyed.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.local.Threads;

static final CountDownLatch BEGUN = new CountDownLatch(1);
static final CountDownLatch NEVER = new CountDownLatch(1);

void main() throws InterruptedException {
    try (Pool pool = Pool.open(Threads.of(1))) {
        TaskFuture<String> running = pool.submit(() -> waitForEver());
        TaskFuture<String> waiting = pool.submit(() -> "this is never returned");
        BEGUN.await();

        System.out.println("cancel(false) of the task that waits: " + waiting.cancel(false));
        System.out.println("cancel(false) of the task that runs:  " + running.cancel(false));
        for (int i = 0; i < 3; i++) {
            pool.submit(() -> "nor is this");
        }
        System.out.println("cancelQueued(), with three more in the queue: " + pool.cancelQueued());
        System.out.println("cancel(true) of the task that runs:   " + running.cancel(true));
        try {
            running.result();
        } catch (CancellationException e) {
            System.out.println("its result() throws CancellationException, here: " + running.isCancelled());
        }
        System.out.println(pool.submit(() -> "The worker obeyed, and has the next task.").result());
    }
}

/** Waits, and ends when it is interrupted: what waits in the JDK throws then. A loop that computes must look itself. */
static String waitForEver() throws InterruptedException {
    BEGUN.countDown();
    NEVER.await();
    return "this is never returned";
}
