/*
 * A task that never ends and listens to nobody: after its timeout it is stopped all the same.
 *
 * A thread can only be asked to stop, and this loop does not listen. A process can be killed. Before that, Pando looks
 * where the task is, and the exception tells you.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Processes;

void main() {
    Processes one = Processes.of(1).grace(Duration.ofMillis(200)); // how long it may take to stop when it is asked to

    try (Pool pool = Pool.open(one)) {
        TaskFuture<Long> counting = pool.timeout(Duration.ofSeconds(1)).submit(() -> countForEver());
        TaskFuture<String> next = pool.submit(() -> "The next task has a worker, too.");
        try {
            counting.result();
        } catch (TaskTimeoutException e) {
            System.out.println(e.getMessage());
            System.out.println("Whose fault is it? That of " + e.stuckAt()[0].getMethodName() + ".");
        }
        System.out.println(next.result());
    }
    System.out.println("Processes left behind: " + ProcessHandle.current().descendants().count());
}

static long countForEver() {
    long count = 0;
    while (true) count = count * 31 + 7;
}
