package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An object that cannot travel to a worker without shared memory, or back, fails that one task, which names it. */
interface SendingContract extends Subject {

    /** An object that does not travel. */
    final class Rooted {}

    /** An object that travels if its content does. */
    record Suitcase(String label, @Nullable Object content) implements Serializable {}

    /** An object that cannot be packed. */
    final class Unpackable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IllegalStateException("will not be packed");
        }
    }

    /** An object that can be packed, but not unpacked. */
    final class Sealed implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IllegalStateException("will not be unpacked");
        }
    }

    /** An exception that cannot travel. */
    final class Homesick extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // this field must not travel
        private final Rooted home = new Rooted();

        Homesick() {
            super("I want to stay");
        }

        @SuppressWarnings("OverrideThrowableToString") // an exception that cannot even say what it is
        @Override
        public String toString() {
            return "Homesick for " + home.getClass().getSimpleName() + ": " + getMessage();
        }
    }

    private Pool shipping() {
        assumeFalse(sharesMemory(), "nothing travels where memory is shared");
        return open(1);
    }

    private static void assertUsable(Pool pool) {
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    @Scenario({150, 163, 173, 196})
    default void anArgumentThatCannotTravelIsRefusedAtSubmitWithItsPath() {
        Pool pool = shipping();
        Suitcase argument = new Suitcase("red", new Suitcase("blue", new Rooted()));
        assertThatThrownBy(() -> pool.submit(s -> s.label(), argument))
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("content")
                .hasMessageContaining(Rooted.class.getSimpleName());
        Rooted captured = new Rooted();
        assertThatThrownBy(() -> pool.submit(() -> captured.hashCode()))
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining(Rooted.class.getSimpleName());
        assertThatThrownBy(() -> pool.submit(u -> 1, new Unpackable())).isInstanceOf(NotSendableException.class);
        assertThat(pool.stats().submitted()).isZero();
        assertThat(pool.stats().queued()).isZero();
        assertUsable(pool);
    }

    @Test
    @Scenario({152, 189})
    default void anArgumentThatCannotBeUnpackedFailsItsTaskOnly() {
        Pool pool = shipping();
        TaskFuture<Integer> future = pool.submit(argument -> 1, new Sealed());
        assertThat(future.exception())
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("IllegalStateException");
        assertUsable(pool);
    }

    @Test
    @Scenario({158, 159, 196})
    default void aResultThatCannotTravelFailsItsTaskOnly() {
        Pool pool = shipping();
        for (int i = 0; i < 20; i++) {
            TaskFuture<Object> future = pool.submit(() -> new Suitcase("red", new Rooted()));
            assertThat(future.exception())
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining("result")
                    .hasMessageContaining(Rooted.class.getSimpleName());
        }
        assertThat(pool.<Object>submit(Unpackable::new).exception()).isInstanceOf(NotSendableException.class);
        assertUsable(pool);
    }

    @Test
    @Scenario(160)
    default void aResultThatCannotBeUnpackedFailsItsTaskOnly() {
        Pool pool = shipping();
        assertThat(pool.<Object>submit(Sealed::new).exception()).isInstanceOf(NotSendableException.class);
        assertUsable(pool);
    }

    @Test
    @Scenario(172)
    default void anExceptionThatCannotTravelIsStoodInForByItsWords() {
        Pool pool = shipping();
        TaskFuture<Object> future = pool.submit(() -> {
            throw new Homesick();
        });
        assertThat(future.exception()).isNotNull();
        assertThatThrownBy(future::result)
                .hasStackTraceContaining("I want to stay")
                .hasStackTraceContaining("Homesick");
        assertUsable(pool);
    }

    @Test
    @Scenario({133, 174})
    default void aTaskWorksOnACopy() {
        Pool pool = shipping();
        int[] mine = {1};
        assertThat(pool.submit(theirs -> ++theirs[0], mine).result()).isEqualTo(2);
        assertThat(mine).containsExactly(1);
    }

    @Test
    @Scenario(196)
    default void anElementThatCannotTravelFailsTheMapAndNothingElse() {
        Pool pool = shipping();
        Fn<Object, String> describe = String::valueOf;
        assertThatThrownBy(() -> pool.mapping(describe)
                        .chunk(1)
                        .over(List.of("a", new Rooted(), "b"))
                        .toList())
                .isInstanceOf(NotSendableException.class);
        Fn<Integer, Object> root = n -> new Rooted();
        assertThatThrownBy(() -> pool.map(root, List.of(1, 2)).toList()).isInstanceOf(NotSendableException.class);
        assertUsable(pool);
    }
}
