package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TaskQueueTest {
    private final WorkerlessPool workerlessPool = new WorkerlessPool();
    private int living;
    private final TaskQueue queue = new TaskQueue(() -> living);

    private TaskCell<Object> add(int priority) {
        TaskCell<Object> task = workerlessPool.task(0, priority);
        queue.add(task);
        return task;
    }

    private void withdraw(TaskCell<?> task) {
        task.toCancelled(false);
        queue.countDead();
    }

    @Test
    void anEmptyQueueHasNoTask() {
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.next()).isNull();
    }

    @Test
    void firstInFirstOut() {
        List<TaskCell<?>> in = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            in.add(add(0));
        }
        List<TaskCell<?>> out = new ArrayList<>();
        for (TaskCell<?> next = queue.next(); next != null; next = queue.next()) {
            out.add(next);
        }
        assertThat(out).isEqualTo(in);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void higherBeforeOrdinaryBeforeLowerAndEqualsInOrder() {
        SplittableRandom random = new SplittableRandom(7);
        List<TaskCell<?>> in = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            in.add(add(random.nextInt(-2, 3)));
        }
        in.sort(Comparator.comparingInt((TaskCell<?> task) -> task.options().priority())
                .reversed()); // stable
        for (TaskCell<?> expected : in) {
            assertThat(queue.next()).isSameAs(expected);
        }
        assertThat(queue.next()).isNull();
    }

    @Test
    void theGreatestAndTheLeastPriorityAreOnlyNumbers() {
        TaskCell<Object> last = add(Integer.MIN_VALUE);
        TaskCell<Object> second = add(0);
        TaskCell<Object> first = add(Integer.MAX_VALUE);
        assertThat(queue.next()).isSameAs(first);
        assertThat(queue.next()).isSameAs(second);
        assertThat(queue.next()).isSameAs(last);
    }

    @Test
    void aCancelledTaskIsSkipped() {
        TaskCell<Object> a = add(0);
        TaskCell<Object> b = add(3);
        TaskCell<Object> c = add(0);
        TaskCell<Object> d = add(-3);
        for (TaskCell<?> gone : List.of(a, b)) {
            withdraw(gone);
        }
        assertThat(queue.next()).isSameAs(c);
        assertThat(queue.next()).isSameAs(d);
        assertThat(queue.next()).isNull();
    }

    @Test
    void aMillionSubmittedAndCancelledBehindOneThatWaitsDoNotStay() {
        for (int priority : new int[] {0, 2, -2}) {
            TaskQueue long1 = new TaskQueue(() -> 1);
            TaskCell<Object> waits = workerlessPool.task(0, 0);
            long1.add(waits);
            for (int i = 0; i < 350_000; i++) {
                TaskCell<Object> task = workerlessPool.task(0, priority);
                long1.add(task);
                task.toCancelled(false);
                long1.countDead();
            }
            assertThat(entries(long1)).as("priority " + priority).isLessThan(200);
            assertThat(long1.next()).isSameAs(waits);
            assertThat(long1.next()).isNull();
        }
    }

    /** Returns how many entries the queue holds, dead entries included. */
    private static int entries(TaskQueue queue) {
        try {
            int count = 0;
            for (String name : List.of("ordinary", "ranked")) {
                var field = TaskQueue.class.getDeclaredField(name);
                field.setAccessible(true);
                count += ((java.util.Collection<?>) field.get(queue)).size();
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void fewDeadAmongManyLivingAreNotSweptForNothing() {
        living = 1_000;
        for (int i = 0; i < 1_000; i++) {
            add(0);
        }
        for (int i = 0; i < 500; i++) {
            withdraw(add(0));
        }
        assertThat(entries(queue)).isEqualTo(1_500);
        for (int i = 0; i < 501; i++) {
            withdraw(add(0));
        }
        assertThat(entries(queue)).isEqualTo(1_000);
    }

    @RepeatedTest(5)
    void betweenTwoTakersAndACancellerNoTaskIsLostOrTakenTwice() throws Exception {
        int count = 20_000;
        ConcurrentLinkedQueue<TaskCell<?>> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch added = new CountDownLatch(1);
        List<Thread> takers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            takers.add(Thread.ofPlatform().start(() -> {
                while (true) {
                    boolean last = added.getCount() == 0;
                    TaskCell<?> next = queue.next();
                    if (next != null && next.toRunning() != 0) {
                        taken.add(next);
                    }
                    if (next == null && last) {
                        return;
                    }
                }
            }));
        }
        for (int i = 0; i < count; i++) {
            TaskCell<Object> task = add(i % 7 == 0 ? i % 3 - 1 : 0);
            if (i % 3 == 0 && task.toCancelled(false) == TaskState.Cancel.UNBEGUN) {
                cancelled.incrementAndGet();
                queue.countDead();
            }
        }
        added.countDown();
        for (Thread taker : takers) {
            taker.join();
        }
        assertThat(taken.size() + cancelled.get()).isEqualTo(count);
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(queue.isEmpty()).isTrue();
    }
}
