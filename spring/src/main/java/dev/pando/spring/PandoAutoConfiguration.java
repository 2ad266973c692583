package dev.pando.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Makes a bean of type {@code Pool} of each name below {@code pando.pools}. */
@AutoConfiguration
public class PandoAutoConfiguration {

    /** Made by Spring. */
    public PandoAutoConfiguration() {}

    /** Registers the pools. Static, because it works before any bean is made. */
    @Bean
    static PoolRegistrar pandoPoolRegistrar(Environment environment) {
        return new PoolRegistrar(environment);
    }
}
