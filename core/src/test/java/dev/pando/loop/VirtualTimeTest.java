package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.DeadlineExceededException;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a virtual clock an hour takes no time, and everything comes in the order of the deadlines. */
@Timeout(20)
@ExtendWith(LoopLeakCheck.class)
class VirtualTimeTest {
    private final List<Object> notes = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void sleepersWakeInTheOrderOfTheirDeadlines(Loop loop) {
        Loop.run(loop, () -> {
            List<TaskFuture<Void>> all = new ArrayList<>();
            for (int hours : List.of(5, 1, 4, 2, 3)) {
                all.add(Loop.spawn(() -> {
                    Loop.sleep(Duration.ofHours(hours));
                    notes.add(hours);
                }));
            }
            Loop.gather(all);
        });
        assertThat(notes).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void waitsOfTheLibraryGoByTheSameClock(Loop loop) {
        Loop.run(loop, () -> {
            Promise<String> never = new Promise<>();
            TaskFuture<Void> later = Loop.spawn(() -> {
                Loop.sleep(Duration.ofMinutes(61));
                notes.add("61 minutes");
            });
            try {
                never.future().result(Duration.ofHours(1));
            } catch (DeadlineExceededException e) {
                notes.add("an hour");
            }
            TaskFuture<String> woken = Loop.spawn(() -> later.isDone() ? "late" : "in time");
            notes.add(woken.result(Duration.ofSeconds(1)));
            later.result();
        });
        assertThat(notes).containsExactly("an hour", "in time", "61 minutes");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aCancelledTaskOfAGroupIsOverBeforeTheClockMoves(Loop loop) {
        Loop.run(loop, () -> {
            try (var group = Loop.group()) {
                TaskFuture<Object> member = group.submit(() -> {
                    try {
                        Loop.sleep(Duration.ofHours(9));
                    } finally {
                        notes.add("member");
                    }
                    return null;
                });
                Loop.sleep(Duration.ofHours(1));
                member.cancel(true);
                Loop.sleep(Duration.ofNanos(1));
                notes.add("a nanosecond later");
            }
        });
        assertThat(notes).containsExactly("member", "a nanosecond later");
    }
}
