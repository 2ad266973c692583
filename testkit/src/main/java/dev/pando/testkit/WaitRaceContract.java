package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WaitResult;
import dev.pando.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link Futures#wait} by several threads at once, while the tasks end. */
public interface WaitRaceContract extends Subject {

    @Test
    @Scenario(80)
    default void hundredTasksThatEndTogetherAreAllSeen() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Pool pool = open(4);
        for (int round = 0; round < 20; round++) {
            Gate gate = pools().gate();
            List<TaskFuture<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(pool.submit(gate.handle()::pass, i));
            }
            for (int i = 4; i < 100; i++) {
                tasks.add(pool.submit(x -> x, i));
            }
            BackgroundCall<WaitResult<Integer>> one = BackgroundCall.ask(() -> Futures.wait(tasks));
            BackgroundCall<WaitResult<Integer>> two =
                    BackgroundCall.ask(() -> Futures.wait(tasks, When.FIRST_EXCEPTION));
            gate.open();
            int seen = 0;
            Set<TaskFuture<Integer>> left = new HashSet<>(tasks);
            while (!left.isEmpty()) {
                WaitResult<Integer> some = Futures.wait(left, When.FIRST_COMPLETED);
                assertThat(some.done()).isNotEmpty();
                seen += some.done().size();
                left = some.notDone();
            }

            assertThat(seen).isEqualTo(100);
            assertThat(one.join().done()).hasSize(100);
            assertThat(two.join().done()).hasSize(100);
        }
    }

    @Test
    @Scenario(87)
    default void twoWhoWaitForOverlappingFuturesInOppositeOrderBothReturn() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Pool pool = open(2);
        for (int round = 0; round < 100; round++) {
            Gate gate = pools().gate();
            List<TaskFuture<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tasks.add(i < 2 ? pool.submit(gate.handle()::pass, i) : pool.submit(x -> x, i));
            }
            List<TaskFuture<Integer>> front = List.copyOf(tasks.subList(0, 15));
            List<TaskFuture<Integer>> back = List.copyOf(tasks.subList(5, 20).reversed());
            BackgroundCall<WaitResult<Integer>> one = BackgroundCall.ask(() -> Futures.wait(front));
            BackgroundCall<WaitResult<Integer>> two = BackgroundCall.ask(() -> Futures.wait(back));
            gate.open();

            assertThat(one.join().done()).hasSize(15);
            assertThat(two.join().done()).hasSize(15);
            gate.close();
        }
    }
}
