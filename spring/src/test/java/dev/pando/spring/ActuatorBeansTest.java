package dev.pando.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.dashboard.DashboardFeed;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What Actuator has of pools, and of none where the application has no Actuator. */
class ActuatorBeansTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(PandoAutoConfiguration.class, PoolEndpointAutoConfiguration.class));

    @Test
    void eachPoolHasItsHealthAndItsMeters() {
        application
                .withPropertyValues("pando.pools.io.backend=threads", "pando.pools.other.backend=virtual")
                .run(context -> {
                    HealthIndicator health = context.getBean("ioPoolHealthIndicator", HealthIndicator.class);
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                    assertThat(health.health().getDetails()).containsEntry("running", 0);
                    assertThat(context.getBeansOfType(MeterBinder.class))
                            .containsOnlyKeys("ioPoolMetrics", "otherPoolMetrics");

                    context.getBean("io", Pool.class).close();

                    assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(health.health().getDetails()).containsEntry("state", "closed");
                });
    }

    @Test
    @Tag("processes")
    void aPoolThatCanMakeNoWorkerReadyIsDownWithTheReason() {
        application
                .withPropertyValues(
                        "pando.pools.render.backend=processes", "pando.pools.render.jvm-args=-XX:+NoSuchOption")
                .run(context -> {
                    Pool pool = context.getBean("render", Pool.class);
                    assertThat(pool.submit(() -> 1).exception()).isInstanceOf(PoolBrokenException.class);

                    Health health = context.getBean(PoolHealthIndicator.class).health();

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails().get("error"))
                            .asString()
                            .contains("PoolBrokenException: pool render is broken", "NoSuchOption");
                });
    }

    @Test
    void healthIsSwitchedOffByBootsProperties() {
        application
                .withPropertyValues(
                        "pando.pools.io.backend=threads",
                        "pando.pools.other.backend=threads",
                        "management.health.defaults.enabled=false",
                        "management.health.other-pool.enabled=true")
                .run(context -> assertThat(context.getBeansOfType(HealthIndicator.class))
                        .containsOnlyKeys("otherPoolHealthIndicator"));
    }

    @Test
    void anApplicationWithoutActuatorHasItsPools() {
        application
                .withClassLoader(new FilteredClassLoader(HealthIndicator.class, MeterBinder.class))
                .withPropertyValues("pando.pools.io.backend=threads")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("io")
                        .doesNotHaveBean("ioPoolHealthIndicator")
                        .doesNotHaveBean("ioPoolMetrics"));
    }

    @Test
    void theDashboardIsThereForAnApplicationThatExposesItAndForNoOther() {
        var pools = application.withPropertyValues("pando.pools.io.backend=threads");
        pools.run(context -> assertThat(context).doesNotHaveBean(PoolEndpoint.class));
        var exposed = pools.withPropertyValues("management.endpoints.web.exposure.include=pando");
        exposed.run(context ->
                assertThat(context.getBean(PoolEndpoint.class).all().getBody()).contains("\"name\":\"io\""));
        exposed.withClassLoader(new FilteredClassLoader(DashboardFeed.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("pandoPoolEndpoint"));
        application
                .withPropertyValues("management.endpoints.web.exposure.include=pando")
                .run(context -> assertThat(
                                context.getBean(PoolEndpoint.class).all().getStatus())
                        .as("of an application without a pool")
                        .isEqualTo(404));
    }
}
