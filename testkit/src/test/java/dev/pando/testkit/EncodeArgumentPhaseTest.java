package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A misfortune while an argument is packed, which happens in this JVM, on the thread that submits, and is thrown there.
 * What would end a worker would end this JVM here, like any code that the caller calls.
 */
class EncodeArgumentPhaseTest extends FailureMatrix {
    private static final CountDownLatch LATE = new CountDownLatch(1);

    private static StrikingTask same(StrikingTask value) {
        return value;
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("an exception"),
                new IOException("a checked one"),
                new AssertionError("an error"),
                new OutOfMemoryError("as if"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whatIsThrownIsToldWhoSubmits(Throwable thrown) {
        StrikingTask bad = new StrikingTask(Chaos.of("throw", new Throwing(thrown)), StrikingTask.Moment.WRITE);
        assertThatThrownBy(() -> pool.submit(EncodeArgumentPhaseTest::same, bad))
                .isInstanceOfSatisfying(
                        NotSendableException.class,
                        refused -> assertThat(refused.isResult()).isFalse())
                .hasMessageContaining(thrown.getMessage())
                .cause()
                .isSameAs(thrown);
    }

    private record Throwing(Throwable thrown) implements dev.pando.Action {
        @Override
        public void perform() throws Exception {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        }
    }

    @Test
    void stackOverflowIsToldWhoSubmits() {
        StrikingTask bad = new StrikingTask(Chaos.stack(), StrikingTask.Moment.WRITE);
        assertThatThrownBy(() -> pool.submit(EncodeArgumentPhaseTest::same, bad))
                .isInstanceOf(NotSendableException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void fullDiskIsToldWhoSubmits() {
        StrikingTask bad = new StrikingTask(Chaos.disk(), StrikingTask.Moment.WRITE);
        assertThatThrownBy(() -> pool.submit(EncodeArgumentPhaseTest::same, bad))
                .isInstanceOf(NotSendableException.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void whatIsRefusedTakesNoRoomInTheLine() {
        Pool narrow = pools.open(Pool.with(workers()).named(pools.name()).queue(1));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> narrow.submit(
                            EncodeArgumentPhaseTest::same, new StrikingTask(Chaos.stack(), StrikingTask.Moment.WRITE)))
                    .isInstanceOf(NotSendableException.class);
        }
        assertThat(narrow.submit(n -> n, 5).result()).isEqualTo(5);
    }

    @Test
    void whoPacksForEverHoldsUpNobodyElse() throws Exception {
        CountDownLatch packing = new CountDownLatch(1);
        Slow slow = new Slow(packing);
        BackgroundCall<TaskFuture<Integer>> stuck = BackgroundCall.ask(() -> pool.submit(slow::size, 0));
        packing.await();
        assertThat(strength(pool, WIDTH)).hasSize(WIDTH);
        LATE.countDown();
        assertThat(stuck.join().result()).isZero();
    }

    private static final class Slow implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private final transient CountDownLatch packing;

        Slow(CountDownLatch packing) {
            this.packing = packing;
        }

        int size(int size) {
            return size;
        }

        private void writeObject(java.io.ObjectOutputStream out) throws IOException {
            packing.countDown();
            try {
                LATE.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.defaultWriteObject();
        }
    }
}
