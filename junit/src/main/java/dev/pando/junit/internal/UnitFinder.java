package dev.pando.junit.internal;

import dev.pando.junit.Isolated;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** Finds the units: the outermost classes and methods that have the annotation. */
final class UnitFinder {
    private UnitFinder() {}

    /** Returns the annotation that a class or method has itself, inherits, or has by another annotation. */
    static Optional<Isolated> annotation(TestDescriptor descriptor) {
        TestSource source = descriptor.getSource().orElse(null);
        if (source instanceof ClassSource type) {
            return AnnotationSupport.findAnnotation(type.getJavaClass(), Isolated.class);
        }
        if (source instanceof MethodSource method && descriptor.getParent().isPresent()) {
            return AnnotationSupport.findAnnotation(method.getJavaMethod(), Isolated.class);
        }
        return Optional.empty();
    }

    /** Removes whatever is in no unit. */
    static void keepUnits(TestDescriptor descriptor) {
        for (TestDescriptor child : List.copyOf(descriptor.getChildren())) {
            if (annotation(child).isPresent()) {
                continue;
            }
            // Of a class template the children are no tests, but patterns of tests: only all of it can be a unit.
            if (!child.getUniqueId().getLastSegment().getType().endsWith("class-template")) {
                keepUnits(child);
                if (!child.getChildren().isEmpty()) {
                    continue;
                }
            }
            descriptor.removeChild(child);
        }
    }

    /** Returns false only where the class, what it is nested in, extends, and contains have nothing isolated. */
    static boolean mayHaveUnits(Class<?> type) {
        for (Class<?> around = type.getEnclosingClass(); around != null; around = around.getEnclosingClass()) {
            if (AnnotationSupport.isAnnotated(around, Isolated.class)) {
                return true;
            }
        }
        return mayHaveUnits(type, new HashSet<>());
    }

    private static boolean mayHaveUnits(Class<?> type, Set<Class<?>> seen) {
        if (!seen.add(type)) {
            return false;
        }
        if (AnnotationSupport.isAnnotated(type, Isolated.class)) {
            return true;
        }
        for (Method method : type.getDeclaredMethods()) {
            if (AnnotationSupport.isAnnotated(method, Isolated.class)) {
                return true;
            }
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            if (mayHaveUnits(nested, seen)) {
                return true;
            }
        }
        for (Class<?> extended : type.getInterfaces()) {
            if (mayHaveUnits(extended, seen)) {
                return true;
            }
        }
        Class<?> superclass = type.getSuperclass();
        return superclass != null && superclass != Object.class && mayHaveUnits(superclass, seen);
    }
}
