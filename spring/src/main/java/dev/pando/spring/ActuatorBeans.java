package dev.pando.spring;

import dev.pando.Pool;
import dev.pando.micrometer.PoolMetrics;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** What Actuator has of a pool, where the application has Actuator: its health, and its meters with Micrometer. */
final class ActuatorBeans {
    private static final String HEALTH = "org.springframework.boot.health.contributor.HealthIndicator";
    private static final String METERS = "dev.pando.micrometer.PoolMetrics";
    private static final String BINDERS = "io.micrometer.core.instrument.binder.MeterBinder";

    private final BeanDefinitionRegistry registry;
    private final Environment environment;

    ActuatorBeans(BeanDefinitionRegistry registry, Environment environment) {
        this.registry = registry;
        this.environment = environment;
    }

    /** Registers the beans of this pool. Boot finds both by their types, and names the health by the bean. */
    void register(String name, Supplier<Pool> pool) {
        if (isPresent(HEALTH) && isHealthWanted(name)) {
            add(name, "PoolHealthIndicator", health(pool));
        }
        if (isPresent(METERS) && isPresent(BINDERS)) {
            add(name, "PoolMetrics", meters(pool));
        }
    }

    private void add(String name, String kind, RootBeanDefinition bean) {
        bean.setDependsOn(name);
        registry.registerBeanDefinition(name + kind, bean);
    }

    // A method for each, or else a class that is not there would be loaded to verify this one.

    private static RootBeanDefinition health(Supplier<Pool> pool) {
        return new RootBeanDefinition(PoolHealthIndicator.class, () -> new PoolHealthIndicator(pool.get()));
    }

    private static RootBeanDefinition meters(Supplier<Pool> pool) {
        return new RootBeanDefinition(PoolMetrics.class, () -> PoolMetrics.of(pool.get()));
    }

    /** The property is that of Boot's own indicators. */
    private boolean isHealthWanted(String name) {
        boolean byDefault = environment.getProperty("management.health.defaults.enabled", Boolean.class, true);
        return environment.getProperty("management.health." + name + "-pool.enabled", Boolean.class, byDefault);
    }

    private boolean isPresent(String type) {
        ClassLoader loader = ((ConfigurableBeanFactory) registry).getBeanClassLoader();
        return ClassUtils.isPresent(type, loader);
    }
}
