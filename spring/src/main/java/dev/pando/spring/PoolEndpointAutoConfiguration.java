package dev.pando.spring;

import dev.pando.Pool;
import dev.pando.dashboard.DashboardFeed;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Makes the endpoint {@code pando} where the application exposes it and has {@code pando-dashboard}. */
@AutoConfiguration(after = PandoAutoConfiguration.class)
@ConditionalOnClass({DashboardFeed.class, WebEndpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(PoolEndpoint.class)
public class PoolEndpointAutoConfiguration {

    /** Made by Spring. */
    public PoolEndpointAutoConfiguration() {}

    /** The endpoint of all pools, those that the application declares itself included. */
    @Bean
    PoolEndpoint pandoPoolEndpoint(ListableBeanFactory beans) {
        return new PoolEndpoint(beans.getBeansOfType(Pool.class).values());
    }
}
