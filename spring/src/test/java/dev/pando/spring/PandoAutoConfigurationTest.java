package dev.pando.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** What the properties of an application make, and how that ends. */
class PandoAutoConfigurationTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TaskExecutionAutoConfiguration.class, PandoAutoConfiguration.class));

    @Test
    void withoutPropertiesThereIsNoPool() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Pool.class));
    }

    @Test
    @Tag("processes")
    void aPoolOfProcessesIsMadeOfItsProperties() {
        application
                .withPropertyValues(
                        "pando.pools.render.backend=processes",
                        "pando.pools.render.workers=2",
                        "pando.pools.render.heap=96m",
                        "pando.pools.render.jvm-args=-Dsample=seen",
                        "pando.pools.render.spares=0",
                        "pando.pools.render.timeout=30s")
                .run(context -> {
                    Pool pool = context.getBean("render", Pool.class);
                    long heap =
                            pool.submit(() -> Runtime.getRuntime().maxMemory()).result();
                    String property =
                            pool.submit(() -> System.getProperty("sample")).result();

                    assertThat(heap).isLessThanOrEqualTo(96L << 20);
                    assertThat(property).isEqualTo("seen");
                    assertThat(context).doesNotHaveBean(PoolTaskExecutor.class);
                });
    }

    @Test
    void aPoolIsFoundByItsNameOnly() {
        application
                .withPropertyValues("pando.pools.io.backend=virtual", "pando.pools.cpu.backend=threads")
                .withUserConfiguration(NeedsPools.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(NeedsPools.class).io)
                            .isSameAs(context.getBean("io"))
                            .isNotSameAs(context.getBean("cpu"));
                });
    }

    @Test
    void bootsOwnExecutorStaysTheOneThatIsFoundByType() {
        application
                .withPropertyValues("pando.pools.io.backend=threads", "pando.pools.io.workers=1")
                .withUserConfiguration(NeedsExecutor.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().hasBean("applicationTaskExecutor");
                    NeedsExecutor needs = context.getBean(NeedsExecutor.class);
                    assertThat(needs.executor).isSameAs(context.getBean("applicationTaskExecutor"));
                    assertThat(needs.async).isSameAs(context.getBean("applicationTaskExecutor"));
                });
    }

    @Test
    void asyncMethodsRunInThePoolTheyNameAndInBootsExecutorElse() {
        application
                .withPropertyValues("pando.pools.io.backend=threads")
                .withUserConfiguration(AsyncConfiguration.class)
                .run(context -> {
                    AsyncService service = context.getBean(AsyncService.class);
                    assertThat(service.inPool().get()).startsWith("io-");
                    assertThat(service.inExecutorOfPool().get()).startsWith("io-");
                    assertThat(service.elsewhere().get()).doesNotStartWith("io-");
                });
    }

    @Test
    void cancellingWhatTheExecutorReturnsStopsTheTask() {
        application.withPropertyValues("pando.pools.io.backend=threads").run(context -> {
            AsyncTaskExecutor executor = context.getBean("ioTaskExecutor", AsyncTaskExecutor.class);
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            CompletableFuture<Void> future = executor.submitCompletable(() -> {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    stopped.countDown();
                }
            });
            running.await();

            future.cancel(true);

            stopped.await();
            assertThat(future).isCancelled();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "pando.pools.render.heap,              much",
        "pando.pools.render.workers,           0",
        "pando.pools.render.spares,            -1",
        "pando.pools.render.grace,             -1s",
        "pando.pools.render.queue,             -5",
        "pando.pools.render.close-timeout,     -1s"
    })
    void aValueThatIsNoneFailsTheStartByTheNameOfItsProperty(String property, String value) {
        application
                .withPropertyValues("pando.pools.render.backend=processes", property + "=" + value)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, thrown -> {
                            assertThat(thrown.getName()).isEqualTo(property);
                            assertThat(thrown.getReason()).isNotBlank();
                        }));
    }

    @ParameterizedTest
    @CsvSource({
        "pando.pools.render.worker,  4",
        "pando.pools.render.backend, rockets",
        "pando.pools.render.timeout, soon"
    })
    void aPropertyThatIsNoneAndAWordThatIsNoneFailTheStartByTheName(String property, String value) {
        application
                .withPropertyValues("pando.pools.render.backend=threads", property + "=" + value)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .satisfies(thrown -> assertThat(messages(thrown)).contains(property)));
    }

    @Test
    void whatOnlyProcessesHaveIsRefusedForThreads() {
        application
                .withPropertyValues("pando.pools.io.backend=threads", "pando.pools.io.heap=1g")
                .run(context -> assertThat(context).getFailure().hasMessageContaining("pando.pools.io.heap"));
    }

    @Test
    void aPoolNeedsItsBackend() {
        application
                .withPropertyValues("pando.pools.io.workers=3")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                thrown -> assertThat(thrown.getName()).isEqualTo("pando.pools.io.backend")));
    }

    @Test
    void atShutdownAcceptedTasksEndAndThePoolIsClosed() {
        AtomicReference<TaskFuture<String>> accepted = new AtomicReference<>();
        AtomicReference<Pool> pool = new AtomicReference<>();
        application
                .withPropertyValues("pando.pools.io.backend=threads", "pando.pools.io.workers=1")
                .run(context -> {
                    pool.set(context.getBean("io", Pool.class));
                    CountDownLatch closing = new CountDownLatch(1);
                    context.addApplicationListener(event -> {
                        if (event instanceof ContextClosedEvent) {
                            closing.countDown(); // Spring says so before it stops anything
                        }
                    });
                    accepted.set(pool.get().submit(() -> {
                        closing.await();
                        return "done";
                    }));
                });

        assertThat(accepted.get().result()).isEqualTo("done");
        assertThat(pool.get().isTerminated()).isTrue();
    }

    @Test
    void atShutdownATaskThatDoesNotEndIsStopped() {
        AtomicReference<TaskFuture<String>> endless = new AtomicReference<>();
        application
                .withPropertyValues("pando.pools.io.backend=threads", "pando.pools.io.close-timeout=10ms")
                .run(context -> endless.set(context.getBean("io", Pool.class).submit(() -> {
                    new CountDownLatch(1).await();
                    return "never";
                })));

        assertThat(endless.get().isCancelled()).isTrue();
    }

    @Test
    void anApplicationThatFailsToStartLeavesNoPool() {
        application
                .withPropertyValues("pando.pools.io.backend=threads")
                .withUserConfiguration(Breaker.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(Breaker.OPENED.get().isShutdown()).isTrue();
    }

    private static String messages(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            all.append(one).append('\n');
        }
        return all.toString();
    }

    @Configuration(proxyBeanMethods = false)
    static class Breaker {
        static final AtomicReference<Pool> OPENED = new AtomicReference<>();

        @Bean
        Object breaker(@Qualifier("io") Pool pool) {
            OPENED.set(pool);
            throw new IllegalStateException("broken");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsPools {
        @Autowired
        @Qualifier("io")
        Pool io;
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsExecutor {
        @Autowired
        Executor executor;

        @Autowired
        AsyncTaskExecutor async;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {
        @Bean
        AsyncService service() {
            return new AsyncService();
        }
    }

    static class AsyncService {
        @Async("io")
        public CompletableFuture<String> inPool() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @Async("ioTaskExecutor")
        public CompletableFuture<String> inExecutorOfPool() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @Async
        public CompletableFuture<String> elsewhere() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }
    }
}
