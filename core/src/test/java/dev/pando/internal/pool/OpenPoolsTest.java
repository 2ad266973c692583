package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.local.Threads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pools a tool of another program is told of. */
class OpenPoolsTest {

    private static List<String> named(String prefix) {
        return OpenPools.all().values().stream()
                .map(view -> view.stats().name())
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    @Test
    void aPoolIsTherefromItsOpeningUntilItIsClosed() {
        try (Pool second = Pool.with(Threads.of(1)).named("there-2").open()) {
            Pool first = Pool.with(Threads.of(1)).named("there-1").open();
            assertThat(named("there-")).as("in the order of their opening").containsExactly("there-2", "there-1");
            first.close();
            assertThat(named("there-")).containsExactly("there-2");
            second.shutdown();
        }
        assertThat(named("there-")).isEmpty();
    }
}
