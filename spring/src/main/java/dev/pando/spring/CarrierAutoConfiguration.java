package dev.pando.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Makes the carrier of the user, where the application has Spring Security. */
@AutoConfiguration
@ConditionalOnClass(name = "org.springframework.security.core.context.SecurityContextHolder")
public class CarrierAutoConfiguration {

    /** Made by Spring. */
    public CarrierAutoConfiguration() {}

    /** The carrier that a pool names: {@code pando.pools.io.carry=securityContextCarrier}. */
    @Bean
    @ConditionalOnMissingBean
    SecurityContextCarrier securityContextCarrier() {
        return new SecurityContextCarrier();
    }
}
