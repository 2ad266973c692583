package dev.pando.junit;

import dev.pando.junit.internal.worker.IsolationExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class, or one test method, in a JVM of its own. A test that hangs, crashes, exits, takes all memory or
 * changes static fields then fails alone.
 *
 * <p>On a class: the whole life of the class is in one worker, with its nested classes, lifecycle methods, extensions
 * and static fields. On a method: the worker has the life of the class with this one method. When a worker dies, the
 * test that it ran has failed, and the tests that are left run in another worker, which begins the life of the class
 * anew. An annotation inside an annotated class may say only {@link #timeout}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(IsolationExtension.class)
public @interface Isolated {

    /**
     * How long each test may take, with its {@code @BeforeEach} and {@code @AfterEach}; and each step between tests,
     * such as {@code @BeforeAll}: {@code "2s"}, {@code "500ms"}, {@code "1m"}, {@code "1h"}. A test that takes longer
     * fails with the stack in which it was stuck. Without: what the configuration parameter {@code pando.junit.timeout}
     * says, and else no limit.
     */
    String timeout() default "";

    /** The heap of the worker, as {@code -Xmx} has it: {@code "128m"}. Without: what Pando gives its workers. */
    String heap() default "";

    /**
     * The most memory that the worker may hold, heap and everything else, before it is killed: {@code "1g"}. Without:
     * no limit.
     */
    String memory() default "";

    /** Further arguments for the worker's {@code java}. */
    String[] jvmArgs() default {};

    /**
     * Whether the worker may be one that has run other tests that say so too. That saves the start of a JVM, and keeps
     * what those tests left in static fields.
     */
    boolean reuse() default false;
}
