package dev.pando.spring;

import dev.pando.ContextCarrier;
import dev.pando.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.core.env.Environment;

/**
 * Registers the beans of each pool. They are no default candidates: a {@code Pool} is an {@code Executor}, and one that
 * is found by its type alone takes the place of Boot's {@code applicationTaskExecutor}.
 */
final class PoolRegistrar implements BeanDefinitionRegistryPostProcessor {
    private static final String PREFIX = "pando.pools";
    private static final Duration PHASE = Duration.ofSeconds(30);

    private final Environment environment;
    private final List<PoolFactory> factories = new ArrayList<>();

    PoolRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        Map<String, PoolProperties> pools = Binder.get(environment)
                .bind(
                        PREFIX,
                        Bindable.mapOf(String.class, PoolProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElse(Map.of());
        pools.forEach((name, said) -> register(registry, name, said));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        factories.forEach(pool ->
                pool.check(bean -> factory.containsBean(bean) && factory.isTypeMatch(bean, ContextCarrier.class)));
    }

    private void register(BeanDefinitionRegistry registry, String name, PoolProperties said) {
        PoolFactory factory = new PoolFactory(name, said);
        factories.add(factory);
        RootBeanDefinition pool = new RootBeanDefinition(
                Pool.class, () -> factory.open(carrier -> bean(registry, carrier, ContextCarrier.class)));
        pool.setDependsOn(factory.carriers().toArray(String[]::new));
        pool.setDefaultCandidate(false);
        // Where the application did not get as far as its lifecycle; otherwise the pool is closed by then.
        pool.setDestroyMethodName("kill");
        registry.registerBeanDefinition(name, pool);

        Duration closeTimeout = said.closeTimeout() == null ? mostOfPhase() : said.closeTimeout();
        RootBeanDefinition lifecycle = new RootBeanDefinition(
                PoolLifecycle.class, () -> new PoolLifecycle(bean(registry, name), closeTimeout));
        lifecycle.setDependsOn(name);
        registry.registerBeanDefinition(name + "PoolLifecycle", lifecycle);
        new ActuatorBeans(registry, environment).register(name, () -> bean(registry, name));

        if (factory.isLocal()) {
            RootBeanDefinition executor =
                    new RootBeanDefinition(PoolTaskExecutor.class, () -> new PoolTaskExecutor(bean(registry, name)));
            executor.setDependsOn(name);
            executor.setDefaultCandidate(false);
            registry.registerBeanDefinition(name + "TaskExecutor", executor);
        }
    }

    private static Pool bean(BeanDefinitionRegistry registry, String name) {
        return bean(registry, name, Pool.class);
    }

    private static <T> T bean(BeanDefinitionRegistry registry, String name, Class<T> type) {
        return ((ConfigurableListableBeanFactory) registry).getBean(name, type);
    }

    /** Spring waits for a phase so long, and then goes on; a tenth is left for what the pool does at its end. */
    private Duration mostOfPhase() {
        Duration phase = Binder.get(environment)
                .bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
                .orElse(PHASE);
        return phase.minus(phase.dividedBy(10));
    }
}
