package dev.pando.internal.codec.policy;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In how many steps {@code hashCode} walks a collection, which counts what is shared as often as there are ways to it:
 * forty small sets, each in the next one twice, are a billion steps, and to put them into another set takes them all.
 * Knows the collections and the Optional of the JDK; walks each once, and relies on seeing the inner before the outer.
 */
final class HashCost {
    private final long limit;
    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>(4);

    HashCost(long limit) {
        this.limit = limit;
    }

    boolean bears(@Nullable Object object) {
        if (object == null
                || !isCollection(object)
                || !object.getClass().getName().startsWith("java.util.")) {
            return true;
        }
        long weight;
        try {
            weight = walk(object);
            // around something that is not whole yet, or a collection of the user's that refuses
        } catch (RuntimeException e) {
            weight = 1;
        }
        weights.put(object, weight);
        return weight <= limit;
    }

    private long walk(Object object) {
        long sum = 1;
        switch (object) {
            case Collection<?> elements -> {
                for (Object element : elements) {
                    if ((sum += of(element)) > limit) {
                        break;
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if ((sum += of(entry.getKey()) + of(entry.getValue())) > limit) {
                        break;
                    }
                }
            }
            case Map.Entry<?, ?> entry -> sum += of(entry.getKey()) + of(entry.getValue());
            case Optional<?> optional -> sum += of(optional.orElse(null));
            default -> {}
        }
        return sum;
    }

    private long of(@Nullable Object element) {
        return element != null && isCollection(element) ? weights.getOrDefault(element, 1L) : 1;
    }

    private static boolean isCollection(Object object) {
        return object instanceof Collection
                || object instanceof Map
                || object instanceof Map.Entry
                || object instanceof Optional;
    }
}
