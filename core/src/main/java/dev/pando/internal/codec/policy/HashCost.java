package dev.pando.internal.codec.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In how many steps {@code hashCode} walks the collections of a message. A walk counts what is shared as often as there
 * are ways to it: forty small sets, each in the next one twice, are a billion steps, and to put them into another set
 * takes them all. Knows the collections, the Optional and the long numbers of the JDK; walks each once, and relies on
 * seeing the inner before the outer.
 */
final class HashCost {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final long limit;
    private final HashTally tally = new HashTally();

    /** Weights of collections; below zero if the hash is not the JDK's alone, or a circle is not closed yet. */
    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>(4);

    private long total;

    /** Whether the walk under way has met an object of which nothing is known. */
    private boolean strange;

    HashCost(long limit) {
        this.limit = limit;
    }

    /** Returns whether tables that are filled at once would hold too many keys of one hash. */
    boolean isCrowded() {
        return tally.isCrowded();
    }

    boolean bears(@Nullable Object object) {
        if (object == null || object.getClass().isArray()) {
            return true;
        }
        strange = false;
        long weight = of(object);
        if (isCollection(object) && object.getClass().getName().startsWith("java.util.")) {
            strange = false;
            try {
                weight = walk(object);
                // around something that is not whole yet, or a collection of the user's that refuses
            } catch (RuntimeException e) {
                weight = 1;
                strange = true;
            }
            weights.put(object, strange ? -weight : weight);
        }
        if (weight > 1) {
            total += weight;
        }
        if (total > limit) {
            return false;
        }
        if (!strange) {
            tally.count(object);
        }
        return true;
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
        if (element == null) {
            return 1;
        }
        if (isCollection(element)) {
            long weight = weights.getOrDefault(element, -1L);
            strange |= weight < 0;
            return Math.abs(weight);
        }
        ClassLoader loader = element.getClass().getClassLoader();
        strange |= loader != null && loader != PLATFORM;
        return switch (element) { // numbers that do not keep their hash
            case BigInteger number -> 1 + number.bitLength() / Integer.SIZE;
            case BigDecimal number -> 1 + number.unscaledValue().bitLength() / Integer.SIZE;
            case BitSet bits -> 1 + bits.size() / Long.SIZE;
            default -> 1;
        };
    }

    private static boolean isCollection(Object object) {
        return object instanceof Collection
                || object instanceof Map
                || object instanceof Map.Entry
                || object instanceof Optional;
    }
}
