/*
 * Tasks that live and end together: all must succeed, or the first that succeeds is enough.
 *
 * A group is a block. When the block is left, nothing that the group has started is alive, whether the block ended by
 * its last line or by an exception.
 */
import dev.pando.Joiners;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.local.Virtual;

static final CountDownLatch NEVER = new CountDownLatch(1);

void main() {
    try (Pool pool = Pool.open(Virtual.unlimited())) {
        try (var group = pool.group()) {
            TaskFuture<String> customer = group.submit(() -> "Ada");
            TaskFuture<Integer> orders = group.submit(() -> 3);
            group.join();
            System.out.println("all succeed: " + customer.result() + " has " + orders.result() + " orders");
        }

        try (var group = pool.group()) {
            TaskFuture<String> endless = group.submit(() -> waitForEver());
            group.submit(() -> ask("orders"));
            group.join();
            System.out.println("not printed: " + endless.result());
        } catch (TaskFailedException e) {
            System.out.println("one fails: " + e.getCause().getMessage() + "; the other was cancelled");
        }

        try (var group = pool.group(Joiners.<String>anySuccessful())) {
            group.submit(() -> ask("mirror 1"));
            group.submit(() -> "the file, from mirror 2");
            group.submit(() -> waitForEver());
            System.out.println("one is enough: " + group.join());
        }
        System.out.println("tasks that still run: " + pool.stats().running());
    }
}

static String ask(String server) throws IOException {
    throw new IOException(server + " does not answer");
}

static String waitForEver() throws InterruptedException {
    NEVER.await();
    return "this is never returned";
}
