package dev.pando.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random alarms, set, cancelled and rung, compared with a list that is sorted each time. */
class TimerHeapTest {

    private static final class Bell extends TimerEntry {
        private final List<Bell> rung;

        Bell(List<Bell> rung) {
            this.rung = rung;
        }

        @Override
        void ring() {
            rung.add(this);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void alarmsRingInTheOrderOfTheirTimesAndOfTheirSetting(long seed) {
        Random random = new Random(seed);
        TimerHeap timers = new TimerHeap();
        List<Bell> expected = new ArrayList<>();
        List<Bell> rung = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(seed % 2 == 0 ? 4 : 3)) {
                case 0, 3 -> {
                    Bell bell = new Bell(rung);
                    timers.add(bell, now + (random.nextInt(4) == 0 ? random.nextInt(100) : 50));
                    expected.add(bell);
                }
                case 1 -> {
                    if (expected.isEmpty()) {
                        continue;
                    }
                    Bell gone = expected.remove(random.nextInt(expected.size()));
                    timers.remove(gone);
                    assertThat(gone.isSet()).isFalse();
                }
                default -> {
                    now += random.nextInt(5);
                    long moment = now;
                    List<Bell> due = expected.stream()
                            .filter(bell -> bell.due <= moment)
                            .sorted(Comparator.<Bell>comparingLong(bell -> bell.due)
                                    .thenComparingLong(bell -> bell.order))
                            .toList();
                    rung.clear();
                    timers.ring(now);
                    assertThat(rung).isEqualTo(due);
                    expected.removeAll(due);
                }
            }
            assertThat(timers.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }
}
