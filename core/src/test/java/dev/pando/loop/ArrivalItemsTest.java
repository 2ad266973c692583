package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items of a channel come out as they do of a deque of the JDK, however often the ring has turned and grown. */
class ArrivalItemsTest {
    private static final int STEPS = 5_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itComesOutAsOfADeque(boolean newestFirst) {
        Random random = new Random(7);
        ArrivalItems<Integer> items = new ArrivalItems<>(newestFirst);
        ArrayDeque<Integer> model = new ArrayDeque<>();
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(100) < 52) {
                assertThat(items.offer(step)).isTrue();
                model.addLast(step);
            } else {
                assertThat(items.peek()).isEqualTo(newestFirst ? model.peekLast() : model.peekFirst());
                assertThat(items.poll()).isEqualTo(newestFirst ? model.pollLast() : model.pollFirst());
            }
            assertThat(items.size()).isEqualTo(model.size());
        }
        assertThat(items).containsExactlyElementsOf(model);
    }
}
