/*
 * A task that never ends and ignores interrupts: after its timeout it is stopped all the same.
 *
 * A thread can only be asked to stop, and this loop ignores that. A process can be killed. Before that, Pando
 * takes the task's stack trace, and the exception carries it.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Processes;

void main() {
    Processes one = Processes.of(1).grace(Duration.ofMillis(200)); // the time to stop after being asked

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
    while (true) {
        count = count * 31 + 7;
    }
}
