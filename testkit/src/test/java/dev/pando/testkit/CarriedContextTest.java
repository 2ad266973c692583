package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.ContextCarrier;
import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A context on its way to worker processes: through retries, priorities and losses, or refused when the pool opens. */
@Tag("processes")
@Timeout(120)
class CarriedContextTest {
    private static final ScopedValue<String> USER = ScopedValue.newInstance();
    private static final ThreadLocal<@Nullable Object> TRACE = new ThreadLocal<>();

    @RegisterExtension
    final WorkerFixture fixture = new WorkerFixture();

    private PoolBuilder carrying(ContextCarrier... carriers) {
        PoolBuilder builder = fixture.with(Processes.of(1).eager().jvmArgs(WorkerFixture.BRIEF));
        for (ContextCarrier carrier : carriers) {
            builder.carry(carrier);
        }
        return builder;
    }

    private static String user() {
        return USER.orElse("nobody");
    }

    @Test
    void aTaskThatRunsAgainHasItAgain(@TempDir Path folder) {
        Pool pool = fixture.open(carrying(ContextCarrier.of(() -> USER)));
        String once = folder.resolve("once").toString();
        TaskFuture<String> again = ScopedValue.where(USER, "ann")
                .call(() -> pool.retries(1).priority(3).submit(() -> {
                    if (Path.of(once).toFile().createNewFile()) {
                        Runtime.getRuntime().halt(3);
                    }
                    return user();
                }));
        assertThat(again.result()).isEqualTo("ann");
    }

    @Test
    void whatALostWorkerLeftOfAMapHasThatOfTheReader() {
        Pool pool = fixture.open(carrying(ContextCarrier.of(() -> USER)));
        Fn<Integer, String> fn = n -> {
            if (n == 3) {
                Runtime.getRuntime().halt(3);
            }
            return user() + n;
        };
        List<Outcome<String>> outcomes = ScopedValue.where(USER, "ann")
                .call(() -> pool.mapping(fn)
                        .chunk(8)
                        .outcomes()
                        .over(IntStream.range(0, 8).boxed().toList())
                        .toList());
        for (int i = 0; i < 8; i++) {
            if (i == 3) {
                assertThat(outcomes.get(i))
                        .isInstanceOfSatisfying(
                                Outcome.Failure.class,
                                lost -> assertThat(lost.error())
                                        .isInstanceOf(WorkerLostException.class)
                                        .hasMessageStartingWith("element 4 of "));
            } else {
                assertThat(outcomes.get(i)).isEqualTo(new Outcome.Success<>("ann" + i));
            }
        }
        assertThat(pool.stats().workersLost())
                .as("the worker noted the element inside the context")
                .isEqualTo(1);
    }

    private void refused(ContextCarrier carrier, String... words) {
        assertThatThrownBy(() -> carrying(carrier).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot carry to its workers, which are other JVMs, what ")
                .hasMessageContainingAll(words);
    }

    /** Luggage that stays here. */
    private static final class Heavy implements ContextCarrier.Luggage {
        static final class Carrier implements ContextCarrier {
            @Override
            public Luggage capture() {
                return new Heavy();
            }
        }

        @Override
        public <T extends @Nullable Object> T around(Callable<T> body) throws Exception {
            return body.call();
        }
    }

    @Test
    void whatCannotTravelIsRefusedByNameWhenThePoolOpens() {
        refused(
                ContextCarrier.of(USER),
                "ContextCarrier.of(a scoped value)",
                "java.lang.ScopedValue is not serializable",
                "ContextCarrier.of(() -> USER)");
        ThreadLocal<String> local = new ThreadLocal<>();
        refused(
                ContextCarrier.of(local::get, local::set),
                "ContextCarrier.of(read, write)",
                "java.lang.ThreadLocal is not serializable",
                "static field");
        refused(new Heavy.Carrier(), "the carrier " + Heavy.Carrier.class.getName(), "Heavy is not serializable");
        refused(Heavy::new, "the carrier in " + CarriedContextTest.class.getName());
    }

    @Test
    void whatIsInItMayBeRefusedAtSubmit() {
        Pool pool = fixture.open(carrying(ContextCarrier.of(() -> TRACE.get(), trace -> TRACE.set(trace))));
        TRACE.set(new Object());
        try {
            assertThatThrownBy(() -> pool.submit(() -> 1))
                    .isInstanceOf(NotSendableException.class)
                    .hasMessageContaining("cannot be sent: context Object: java.lang.Object is not serializable");
        } finally {
            TRACE.remove();
        }
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
}
