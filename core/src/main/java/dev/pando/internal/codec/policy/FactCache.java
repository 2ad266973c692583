package dev.pando.internal.codec.policy;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about classes, each once. Any thread may ask. A plain {@link ClassValue} keeps a value as long as
 * its class lives: a fact about {@code Object}, whose own class is Pando's, would keep Pando's class loader for ever,
 * and with it the whole application that a container has unloaded. So a class refers to its fact only if its loader
 * keeps Pando's loader alive in any case.
 *
 * <pre>
 *   loader of the class          the fact is kept by
 *   Pando's, or one below        the class
 *   above Pando's, or the JDK's  this cache
 *   any other; a hidden class    nothing: found out again after a garbage collection
 * </pre>
 *
 * @param <T> what is known of a class; never a {@link WeakReference}
 */
public abstract class FactCache<T> extends ClassValue<Object> {
    private static final @Nullable ClassLoader OURS = FactCache.class.getClassLoader();

    private final Map<Class<?>, T> kept = new ConcurrentHashMap<>();

    /** Finds out what is to be known of this class. Several threads may do so at once; one fact is kept. */
    protected abstract T find(Class<?> type);

    /** Returns what is known of this class. */
    @SuppressWarnings("unchecked")
    public final T of(Class<?> type) {
        Object held = get(type);
        if (!(held instanceof WeakReference<?> weak)) {
            return (T) held;
        }
        Object fact = weak.get();
        if (fact != null) {
            return (T) fact;
        }
        remove(type);
        return find(type); // not by get: the next collection may be as quick
    }

    @Override
    protected final Object computeValue(Class<?> type) {
        T fact = find(type);
        ClassLoader loader = type.getClassLoader();
        if (isAbove(OURS, loader)) {
            return fact;
        }
        if (!type.isHidden() && isAbove(loader, OURS)) {
            @Nullable T other = kept.putIfAbsent(type, fact);
            return new WeakReference<>(other == null ? fact : other);
        }
        return new WeakReference<>(fact);
    }

    /** Returns whether the one loader is the other, or is kept by it as its parent or a parent of that. */
    private static boolean isAbove(@Nullable ClassLoader above, @Nullable ClassLoader below) {
        for (ClassLoader each = below; each != null; each = each.getParent()) {
            if (each == above) {
                return true;
            }
        }
        return above == null;
    }
}
