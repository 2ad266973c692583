package dev.pando.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlineExceededException;
import dev.pando.Pool;
import dev.pando.Promise;
import dev.pando.Task;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A task may throw anything at all: the exception is the task's outcome, and the worker goes on. */
public interface ThrownContract extends Subject {

    /** An exception whose equals, hashCode, toString and getMessage throw, so that only its class identifies it. */
    @SuppressWarnings("ThrowableEqualsHashCode")
    final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }
    }

    @Test
    default void aNullPointerExceptionSaysWhatWasNull() {
        Pool pool = open(1);
        Task<Integer> task = () -> {
            String[] nothing = new String[1];
            return nothing[0].length();
        };
        Throwable thrown = requireNonNull(pool.submit(task).exception());
        assertThat(thrown)
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessageContaining("Cannot invoke \"String.length()\" because");
        assertThat(thrown.getStackTrace()[0].getClassName()).isEqualTo(ThrownContract.class.getName());
        Task<Integer> wrapping = () -> {
            try {
                return task.call();
            } catch (NullPointerException e) {
                throw new IllegalStateException("wrapped", e);
            }
        };
        assertThat(pool.submit(wrapping).exception())
                .cause()
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessageContaining("Cannot invoke");
    }

    /** Neither an exception nor an error. */
    final class Neither extends Throwable {
        private static final long serialVersionUID = 1;

        Neither() {
            super("neither");
        }
    }

    @Test
    @Scenario(39)
    default void exceptionThatCannotEvenBePrintedIsThrownAllTheSame() {
        Pool pool = open(1);
        TaskFuture<Integer> task = pool.submit(() -> {
            throw new Unspeakable();
        });

        Throwable thrown = catchThrowable(task::result);
        assertThat(thrown instanceof TaskFailedException).isTrue();
        assertThat(thrown != null && thrown.getCause() != null).isTrue();
        if (sharesMemory()) {
            assertThat(thrown != null && thrown.getCause() instanceof Unspeakable)
                    .isTrue();
            assertThat(task.exception() instanceof Unspeakable).isTrue();
        }
        assertThat(task.toString()).contains("raised ");
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }

    @Test
    @Scenario(38)
    default void errorsAreOutcomesLikeAnyOtherAndTheWorkerGoesOn() {
        Pool pool = open(1);
        TaskFuture<Integer> assertion = pool.submit(() -> {
            throw new AssertionError("not so");
        });
        TaskFuture<Integer> overflow = pool.submit(() -> deeper(0));
        TaskFuture<Integer> neither = pool.submit(() -> sneak(new Neither()));
        TaskFuture<Integer> interrupted = pool.submit(() -> {
            throw new InterruptedException("by itself");
        });

        assertThat(assertion.exception())
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("not so");
        assertThat(overflow.exception()).isExactlyInstanceOf(StackOverflowError.class);
        assertThat(neither.exception()).isExactlyInstanceOf(Neither.class).hasMessage("neither");
        assertThat(interrupted.exception())
                .isExactlyInstanceOf(InterruptedException.class)
                .hasMessage("by itself");
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> int sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** A task's own failure stays a failure, whatever it looks like: only the pool says that a task was cancelled. */
    @Test
    default void taskThatThrowsAnExceptionOfThePoolsOrTheWaitersFailedByItself() {
        Pool pool = open(1);
        TaskFuture<Integer> cancelled = pool.submit(() -> {
            throw new CancellationException("says the task");
        });
        TaskFuture<Integer> failed = pool.submit(() ->
                TaskFuture.<Integer>failed(new IllegalStateException("inside")).result());
        TaskFuture<Integer> late =
                pool.submit(() -> new Promise<Integer>().future().result(Duration.ZERO));

        assertThat(catchThrowable(cancelled::result))
                .isExactlyInstanceOf(TaskFailedException.class)
                .hasCauseExactlyInstanceOf(CancellationException.class);
        assertThat(cancelled.isCancelled()).isFalse();
        assertThat(cancelled.cancel(true)).isFalse();
        assertThat(catchThrowable(failed::result))
                .isExactlyInstanceOf(TaskFailedException.class)
                .hasCauseExactlyInstanceOf(TaskFailedException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(catchThrowable(late::result))
                .isExactlyInstanceOf(TaskFailedException.class)
                .hasCauseExactlyInstanceOf(DeadlineExceededException.class);
    }

    @Test
    default void interruptThatATaskLeavesBehindIsNotTheNextOnes() {
        assumeTrue(runsElsewhere(), "the caller's own thread is interrupted");
        Pool pool = open(1);
        for (int i = 0; i < 20; i++) {
            TaskFuture<Integer> untidy = pool.submit(() -> {
                Thread.currentThread().interrupt();
                return 1;
            });
            TaskFuture<Boolean> next = pool.submit(() -> Thread.currentThread().isInterrupted());
            assertThat(untidy.result()).isEqualTo(1);
            assertThat(next.result()).as("interrupted before it began").isFalse();
        }
    }
}
