package dev.pando.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolStats;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.internal.codec.Codec;
import dev.pando.internal.loop.LoopEngine;
import dev.pando.internal.loop.LoopSettings;
import dev.pando.spi.Backend;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.PackingEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JVM runs out of memory at the n-th step of a kind on the way of a task, twice in a row. A submission that fails
 * leaves nothing behind; every other task ends; and the pool closes.
 */
class FailedStartTest {
    private static final int TASKS = 12;

    private static final Thread.@Nullable UncaughtExceptionHandler BEFORE = Thread.getDefaultUncaughtExceptionHandler();

    @BeforeAll
    static void swallowWhatIsInjected() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!"injected".equals(thrown.getMessage())) {
                thrown.printStackTrace();
            }
        });
    }

    @AfterAll
    static void restore() {
        Thread.setDefaultUncaughtExceptionHandler(BEFORE);
    }

    /** Throws at the n-th call and at the one after it. */
    private static final class Scarcity {
        private final int first;
        private final AtomicInteger calls = new AtomicInteger();

        Scarcity(int first) {
            this.first = first;
        }

        void step() {
            int call = calls.incrementAndGet();
            if (call == first || call == first + 1) {
                throw new OutOfMemoryError("injected");
            }
        }
    }

    static Stream<Arguments> steps() {
        List<Arguments> all = new ArrayList<>();
        add(all, "virtual thread start", n -> {
            Scarcity scarce = new Scarcity(n);
            return host -> new VirtualEngine(host, 2, body -> {
                scarce.step();
                Thread.startVirtualThread(body);
            });
        });
        add(all, "platform thread start", n -> {
            Scarcity scarce = new Scarcity(n);
            return host -> new ThreadsEngine(host, 2, null, thread -> {
                scarce.step();
                thread.start();
            });
        });
        add(all, "seat of a virtual thread", n -> host -> new VirtualEngine(scarce(host, "visit", n), 2));
        add(all, "seat of a platform thread", n -> host -> new ThreadsEngine(scarce(host, "arrive", n), 2, null));
        add(all, "seat of the caller", n -> host -> new CallerEngine(scarce(host, "visit", n)));
        add(all, "seat of a coroutine", n -> host -> new LoopEngine(scarce(host, "visit", n), LoopSettings.DEFAULT));
        add(all, "engine pack", n -> host -> scarce(new SerializingEngine(host, new Codec()), "pack", n));
        add(all, "engine take", n -> host -> scarce(new VirtualEngine(host, 2), "take", n));
        add(all, "engine wake", n -> host -> scarce(new ThreadsEngine(host, 2, null), "wake", n));
        return all.stream();
    }

    private static void add(List<Arguments> all, String step, IntFunction<Backend> backend) {
        IntStream.of(1, 2, 3, 7).forEach(n -> all.add(Arguments.of(step, n, backend.apply(n))));
    }

    private static Host scarce(Host host, String method, int n) {
        return (Host) proxy(host, method, n, Host.class);
    }

    private static Engine scarce(Engine engine, String method, int n) {
        return (Engine) proxy(engine, method, n, interfaces(engine));
    }

    private static Class<?>[] interfaces(Engine engine) {
        return Stream.of(Engine.class, DirectEngine.class, PackingEngine.class)
                .filter(type -> type.isInstance(engine))
                .toArray(Class<?>[]::new);
    }

    private static Object proxy(Object target, String scarceMethod, int n, Class<?>... types) {
        Scarcity scarce = new Scarcity(n);
        return Proxy.newProxyInstance(Engine.class.getClassLoader(), types, (self, method, arguments) -> {
            if (method.getName().equals(scarceMethod)) {
                scarce.step();
            }
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @ParameterizedTest(name = "{0}, call {1}")
    @MethodSource("steps")
    void nothingIsLeftBehind(String step, int n, Backend backend) throws Exception {
        Pool pool = Pool.with(backend).open();
        List<TaskFuture<Integer>> accepted = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            try {
                accepted.add(pool.submit((Task<Integer>) () -> number));
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                refused++;
            }
        }
        assertThat(pool.close(Duration.ofSeconds(20)))
                .as("%s closes, %s", step, pool)
                .isTrue();
        for (TaskFuture<Integer> future : accepted) {
            assertThat(future.isDone()).isTrue();
        }
        PoolStats stats = pool.stats();
        assertThat(stats.queued()).isZero();
        assertThat(stats.running()).isZero();
        assertThat(stats.succeeded()).isEqualTo(TASKS - refused);
        assertThat(stats.submitted()).isEqualTo(stats.succeeded() + stats.failed() + stats.cancelled());
    }
}
