package dev.pando.shared;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map between tasks, without {@code null}. Functions run where the caller is, while nothing is locked, and again if
 * the entry has changed meanwhile: they should do nothing but compute.
 *
 * <p>On workers in other processes two keys are the same if they are the same when they are packed, as numbers,
 * strings, enums and records of these are if they are equal. A set is no such key.
 */
public interface SharedMap<K, V> extends SharedConstruct {

    /**
     * Returns the value of this key. Returns {@code null} if there is none.
     *
     * @throws SharedClosedException the map is closed
     * @throws dev.pando.NotSendableException the key cannot travel, or the value came from a worker and is not accepted
     */
    @Nullable
    V get(K key);

    /**
     * Sets the value of this key, and returns the one before. Returns {@code null} if there was none.
     *
     * @throws SharedClosedException the map is closed
     * @throws dev.pando.NotSendableException the key or the value cannot travel, or the one before is not accepted
     */
    @Nullable
    V put(K key, V value);

    /**
     * Removes the entry of this key, and returns its value. Returns {@code null} if there was none.
     *
     * @throws SharedClosedException the map is closed
     * @throws dev.pando.NotSendableException the key cannot travel, or the value came from a worker and is not accepted
     */
    @Nullable
    V remove(K key);

    /**
     * Sets the value if there is none, and otherwise replaces it by what the function makes of both. Returns the new
     * value.
     *
     * @throws SharedClosedException the map is closed
     * @throws dev.pando.NotSendableException the key or a value cannot travel, or is not accepted
     */
    V merge(K key, V value, BinaryOperator<V> function);

    /**
     * Returns the value of this key, which the function makes if there is none.
     *
     * @throws SharedClosedException the map is closed
     * @throws dev.pando.NotSendableException the key or a value cannot travel, or is not accepted
     */
    V computeIfAbsent(K key, Function<? super K, ? extends V> function);

    /**
     * Returns how many entries there are.
     *
     * @throws SharedClosedException the map is closed
     */
    int size();

    /**
     * Returns a copy of all entries, as they were at one moment.
     *
     * @throws SharedClosedException the map is closed
     * @throws dev.pando.NotSendableException an entry came from a worker, and this program does not accept it
     */
    Map<K, V> snapshot();
}
