package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.ContextCarrier;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What belongs to the submitting thread is there on the worker, and gone after the task. */
interface ContextContract extends Subject {
    ScopedValue<String> USER = ScopedValue.newInstance();
    ScopedValue<String> TENANT = ScopedValue.newInstance();
    ThreadLocal<@Nullable String> TRACE = new ThreadLocal<>();

    private Pool carrying(ContextCarrier... carriers) {
        assumeTrue(sharesMemory(), "these carriers are for threads of this JVM");
        return carryingAnywhere(carriers);
    }

    private Pool carryingAnywhere(ContextCarrier... carriers) {
        var builder = with(1);
        for (ContextCarrier carrier : carriers) {
            builder.carry(carrier);
        }
        return open(builder);
    }

    private static String who() {
        return USER.orElse("nobody") + "@" + TENANT.orElse("nowhere");
    }

    @Test
    default void scopedValuesAreBoundOnTheWorkerAsTheyWereAtSubmit() {
        Pool pool = carrying(ContextCarrier.of(USER, TENANT));
        TaskFuture<String> both =
                ScopedValue.where(USER, "ann").where(TENANT, "acme").call(() -> pool.submit(ContextContract::who));
        TaskFuture<String> one = ScopedValue.where(USER, "bob").call(() -> pool.submit(ContextContract::who));
        TaskFuture<String> none = pool.submit(ContextContract::who);
        assertThat(both.result()).isEqualTo("ann@acme");
        assertThat(one.result()).isEqualTo("bob@nowhere");
        assertThat(none.result()).isEqualTo("nobody@nowhere");
    }

    /** Luggage that a user writes: what {@link #TRACE} holds. */
    record TraceLuggage(String trace) implements ContextCarrier.Luggage, Serializable {
        static ContextCarrier.@Nullable Luggage capture() {
            String trace = TRACE.get();
            return trace == null ? null : new TraceLuggage(trace);
        }

        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            String before = TRACE.get();
            TRACE.set(trace);
            try {
                return body.call();
            } finally {
                TRACE.set(before);
            }
        }
    }

    @Test
    default void whatStaticFieldsNameTravelsToEveryWorkerAndIsGoneAfterTheTask() {
        for (ContextCarrier carrier : List.<ContextCarrier>of(
                TraceLuggage::capture, ContextCarrier.of(() -> TRACE.get(), trace -> TRACE.set(trace)))) {
            Pool pool = carryingAnywhere(carrier, ContextCarrier.of(() -> USER));
            TRACE.set("t-1");
            TaskFuture<String> first = ScopedValue.where(USER, "ann")
                    .call(() -> pool.submit(() -> {
                        String seen = TRACE.get() + " " + who();
                        TRACE.set("scribbled over");
                        return seen;
                    }));
            TaskFuture<?> failing = pool.submit(() -> {
                String seen = TRACE.get() + " " + who();
                TRACE.set("scribbled over");
                throw new IllegalStateException(seen);
            });
            assertThat(first.result()).isEqualTo("t-1 ann@nowhere");
            assertThat(failing.exception())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("t-1 nobody@nowhere");
            TRACE.remove();
            assertThat(pool.submit(() -> TRACE.get() + " " + who()).result()).isEqualTo("null nobody@nowhere");
            List<String> seen = ScopedValue.where(USER, "bob")
                    .call(() ->
                            pool.map((Integer n) -> who() + n, List.of(1, 2, 3)).toList());
            assertThat(seen).containsExactly("bob@nowhere1", "bob@nowhere2", "bob@nowhere3");
        }
    }

    @Test
    default void aCarrierThatThrowsWhereThePoolIsOpenedFailsEachSubmissionInstead() {
        Pool pool = carryingAnywhere(() -> {
            throw new IllegalStateException("nothing to carry it in");
        });
        assertThatThrownBy(() -> pool.submit(() -> 1)).hasMessage("nothing to carry it in");
    }

    @Test
    default void theElementsOfAMapCarryTheContextOfItsReader() {
        Pool pool = carrying(ContextCarrier.of(USER));
        List<String> seen = ScopedValue.where(USER, "ann")
                .call(() -> pool.map((Integer n) -> who() + n, List.of(1, 2, 3)).toList());
        assertThat(seen).containsExactly("ann@nowhere1", "ann@nowhere2", "ann@nowhere3");
    }

    @Test
    default void aTaskPassesTheContextOnToItsChildren() {
        Pool pool = carrying(ContextCarrier.of(USER));
        String seen = ScopedValue.where(USER, "ann")
                .call(() -> pool.submit(() -> pool.submit(ContextContract::who).result())
                        .result());
        assertThat(seen).isEqualTo("ann@nowhere");
    }

    @Test
    default void aThreadLocalTravelsAndTheWorkersOwnIsPutBack() {
        ThreadLocal<@Nullable String> trace = new ThreadLocal<>();
        Pool pool = carrying(ContextCarrier.of(trace::get, trace::set));
        List<@Nullable String> restored = new CopyOnWriteArrayList<>();
        trace.set("t-1");
        TaskFuture<String> first = pool.submit(() -> {
            String seen = trace.get();
            trace.set("scribbled over");
            return seen;
        });
        TaskFuture<?> failing = pool.submit(() -> {
            trace.set("scribbled over");
            throw new IllegalStateException();
        });
        trace.set("t-2");
        TaskFuture<String> second = pool.submit(trace::get);
        trace.remove();
        TaskFuture<String> bare = pool.submit(trace::get);
        assertThat(first.result()).isEqualTo("t-1");
        assertThat(failing.exception()).isInstanceOf(IllegalStateException.class);
        assertThat(second.result()).isEqualTo("t-2");
        assertThat(bare.result()).isNull();
        assertThat(restored).isEmpty();
        assertThat(trace.get()).isNull();
    }

    /** A carrier that notes when it captures, and when its luggage is entered and left. */
    private static ContextCarrier noting(String name, List<String> notes) {
        return () -> {
            notes.add("capture " + name);
            return new ContextCarrier.Luggage() {
                @Override
                public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
                    notes.add("enter " + name);
                    try {
                        return body.call();
                    } finally {
                        notes.add("leave " + name);
                    }
                }
            };
        };
    }

    @Test
    default void theFirstCarrierIsTheOutermost() {
        List<String> notes = new CopyOnWriteArrayList<>();
        Pool pool = carrying(noting("a", notes), () -> null, noting("b", notes));
        assertThat(pool.submit(() -> notes.add("task")).result()).isTrue();
        assertThat(notes.subList(0, 2)).containsExactlyInAnyOrder("capture a", "capture b");
        assertThat(notes.subList(2, 7)).containsExactly("enter a", "enter b", "task", "leave b", "leave a");
    }

    @Test
    default void aCarrierThatThrowsAtCaptureFailsTheSubmission() {
        Pool pool = carrying(() -> {
            throw new IllegalStateException("nothing to carry it in");
        });
        assertThatThrownBy(() -> pool.submit(() -> 1)).hasMessage("nothing to carry it in");
        assertThat(pool.stats().submitted()).isZero();
        assertThat(pool.stats().queued()).isZero();
    }

    @Test
    default void aCarrierThatThrowsOnTheWorkerFailsTheTask() {
        Pool pool = carrying(() -> new ContextCarrier.Luggage() {
            @Override
            public <T extends @Nullable Object> T around(Callable<T> body) {
                throw new IllegalStateException("dropped on the way");
            }
        });
        TaskFuture<Integer> future = pool.submit(() -> 1);
        assertThat(future.exception()).isInstanceOf(IllegalStateException.class).hasMessage("dropped on the way");
    }
}
