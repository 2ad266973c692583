/**
 * Pools as beans of Spring Boot, made of properties. {@code PandoAutoConfiguration} has {@code PoolRegistrar} register
 * the beans, before any bean is made; {@code PoolFactory} opens a pool when Spring asks for its bean; {@code
 * PoolLifecycle} closes it in Spring's phases. {@code ActuatorBeans} has the health and the meters of a pool, for
 * applications with Actuator, {@code SecurityContextCarrier} the user of a request, for those with Spring Security.
 */
@org.jspecify.annotations.NullMarked
package dev.pando.spring;
