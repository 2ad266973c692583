package dev.pando.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.task.DelegatingSecurityContextAsyncTaskExecutor;

/** The user of a request reaches the tasks that the request submits, where a pool is told to carry it. */
class SecurityContextCarrierTest {
    private static final String CARRY = "pando.pools.io.carry=securityContextCarrier";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(PandoAutoConfiguration.class, CarrierAutoConfiguration.class))
            .withPropertyValues("pando.pools.io.backend=threads", "pando.pools.io.workers=1");

    @BeforeEach
    void beginRequest() {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("ada", "secret", "ADMIN"));
    }

    /** As the filter of Spring Security does. */
    @AfterEach
    void endRequest() {
        SecurityContextHolder.clearContext();
    }

    private static String user() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return user == null ? "none" : user.getName() + " " + user.getAuthorities();
    }

    @Test
    void tasksAndAsyncMethodsHaveTheUserAndLeaveNoneBehind() {
        application
                .withPropertyValues(CARRY)
                .withUserConfiguration(AsyncConfiguration.class)
                .run(context -> {
                    Pool pool = context.getBean("io", Pool.class);
                    AsyncService service = context.getBean(AsyncService.class);
                    assertThat(pool.submit(() -> user()).result()).isEqualTo("ada [ADMIN]");
                    assertThat(service.inPool().get()).isEqualTo("ada [ADMIN]");
                    assertThat(service.inExecutorOfPool().get()).isEqualTo("ada [ADMIN]");
                    endRequest();
                    assertThat(pool.submit(() -> user()).result()).isEqualTo("none");
                });
    }

    /** The end of a request clears the holder; code of the request may also change the context that it shares. */
    @Test
    void aTaskThatBeginsAfterTheRequestHasEndedHasItsUser() {
        application.withPropertyValues(CARRY).run(context -> {
            Pool pool = context.getBean("io", Pool.class);
            CountDownLatch ended = new CountDownLatch(1);
            TaskFuture<?> before = pool.submit(() -> ended.await());
            TaskFuture<String> task = pool.submit(() -> user());

            SecurityContextHolder.getContext().setAuthentication(null);
            endRequest();
            ended.countDown();

            before.result();
            assertThat(task.result()).isEqualTo("ada [ADMIN]");
        });
    }

    @Test
    void aTaskThatItsSubmitterRunsLeavesTheUserOfTheSubmitter() {
        application
                .withPropertyValues(CARRY, "pando.pools.io.queue=1", "pando.pools.io.when-full=caller-runs")
                .run(context -> {
                    Pool pool = context.getBean("io", Pool.class);
                    CountDownLatch began = new CountDownLatch(1);
                    CountDownLatch done = new CountDownLatch(1);
                    TaskFuture<?> running = pool.submit(() -> {
                        began.countDown();
                        done.await();
                    });
                    began.await();
                    TaskFuture<?> waiting = pool.submit(() -> done.await());
                    String seen = pool.submit(() -> Thread.currentThread().threadId() + " " + user())
                            .result();
                    done.countDown();

                    running.result();
                    waiting.result();
                    assertThat(seen).isEqualTo(Thread.currentThread().threadId() + " ada [ADMIN]");
                    assertThat(user()).isEqualTo("ada [ADMIN]");
                });
    }

    @Test
    @Tag("processes")
    void aWorkerProcessHasTheUserToo() {
        application
                .withPropertyValues(
                        "pando.pools.render.backend=processes",
                        "pando.pools.render.workers=1",
                        "pando.pools.render.carry=securityContextCarrier")
                .run(context -> {
                    Pool pool = context.getBean("render", Pool.class);
                    assertThat(pool.submit(() -> user()).result()).isEqualTo("ada [ADMIN]");
                    endRequest();
                    assertThat(pool.submit(() -> user()).result()).isEqualTo("none");
                });
    }

    @Test
    void aPoolThatIsNotToldSoCarriesNoUser() {
        application.run(context -> assertThat(
                        context.getBean("io", Pool.class).submit(() -> user()).result())
                .isEqualTo("none"));
    }

    @Test
    void theDelegatingExecutorOfSpringSecurityWorksOverThatOfAPool() {
        application.withUserConfiguration(AsyncConfiguration.class).run(context -> {
            AsyncService service = context.getBean(AsyncService.class);
            assertThat(service.inDelegatingExecutor().get()).isEqualTo("ada [ADMIN]");
            assertThat(service.inPool().get()).isEqualTo("none");
        });
    }

    @Test
    void aNameOfNoCarrierFailsTheStartByTheNameOfTheProperty() {
        for (String name : new String[] {"nothing", "ioPoolLifecycle"}) {
            application
                    .withPropertyValues("pando.pools.io.carry=" + name)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, thrown -> {
                                assertThat(thrown.getName()).isEqualTo("pando.pools.io.carry");
                                assertThat(thrown.getValue()).isEqualTo(name);
                            }));
        }
    }

    @Test
    void anApplicationWithoutSpringSecurityStarts() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("securityContextCarrier"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {
        @Bean
        AsyncService service() {
            return new AsyncService();
        }

        @Bean(defaultCandidate = false)
        AsyncTaskExecutor delegating(@Qualifier("ioTaskExecutor") AsyncTaskExecutor pool) {
            return new DelegatingSecurityContextAsyncTaskExecutor(pool);
        }
    }

    static class AsyncService {
        @Async("io")
        public CompletableFuture<String> inPool() {
            return CompletableFuture.completedFuture(user());
        }

        @Async("ioTaskExecutor")
        public CompletableFuture<String> inExecutorOfPool() {
            return CompletableFuture.completedFuture(user());
        }

        @Async("delegating")
        public CompletableFuture<String> inDelegatingExecutor() {
            return CompletableFuture.completedFuture(user());
        }
    }
}
