/** Pools as beans of Spring Boot, made of properties. A module by the name in its manifest alone. */
module dev.pando.spring {
    requires transitive dev.pando;
    requires static dev.pando.dashboard;
    requires static dev.pando.micrometer;
    requires static org.jspecify;
    requires static com.fasterxml.jackson.annotation;
    requires static com.google.errorprone.annotations;
    requires spring.beans;
    requires spring.boot;
    requires spring.boot.actuator;
    requires spring.boot.actuator.autoconfigure;
    requires spring.boot.autoconfigure;
    requires spring.boot.health;
    requires spring.context;
    requires spring.core;
    requires static spring.security.core;

    exports dev.pando.spring;
}
