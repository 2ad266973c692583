package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One coroutine of a loop runs at a time, and control changes hands only at a verb. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class CooperationTest {
    private int plain;

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void tenThousandCoroutinesCountToAMillionOnAPlainField(Loop loop) {
        Loop.run(loop, () -> {
            List<TaskFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                all.add(Loop.spawn(() -> {
                    for (int k = 0; k < 100; k++) {
                        plain = plain + 1;
                        if (k % 10 == 0) {
                            Loop.yield();
                        }
                    }
                    return null;
                }));
            }
            Loop.gather(all);
        });
        assertThat(plain).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void nothingHappensBetweenTwoVerbs(Loop loop) {
        Loop.run(loop, () -> {
            List<TaskFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(Loop.spawn(() -> {
                    boolean alone = true;
                    for (int k = 0; k < 50; k++) {
                        int before = plain;
                        for (int n = 0; n < 100; n++) {
                            plain++;
                        }
                        alone &= plain == before + 100;
                        Loop.yield();
                    }
                    return alone;
                }));
            }
            assertThat(Loop.gather(all)).containsOnly(true);
        });
    }

    @Test
    void thoseWhoAreReadyTakeTurnsInTheOrderInWhichTheyBecameReady() {
        List<String> order = new ArrayList<>();
        Loop.run(() -> {
            for (String name : List.of("a", "b", "c")) {
                Loop.spawn(() -> {
                    for (int i = 1; i <= 3; i++) {
                        order.add(name + i);
                        Loop.yield();
                    }
                });
            }
            for (int i = 0; i < 5; i++) {
                Loop.yield();
            }
        });
        assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3");
    }

    @Test
    void theSameSeedDrawsTheSameLots() {
        assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
    }

    private static List<Integer> drawn(long seed) {
        List<Integer> order = new ArrayList<>();
        Loop.run(Loop.create().shuffled(seed), () -> {
            List<TaskFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                all.add(Loop.spawn(() -> order.add(number)));
            }
            Loop.gather(all);
        });
        return order;
    }

    @Test
    void whoSpawnsKeepsTheTurn() {
        List<String> order = new ArrayList<>();
        Loop.run(() -> {
            TaskFuture<Boolean> other = Loop.spawn(() -> order.add("spawned"));
            order.add("spawning");
            Loop.await(other);
        });
        assertThat(order).containsExactly("spawning", "spawned");
    }
}
