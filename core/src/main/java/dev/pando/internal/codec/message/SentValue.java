package dev.pando.internal.codec.message;

import dev.pando.internal.codec.policy.ClassLocation;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In the place of a value of the JDK that is not serialisable, although it is no more than its content, and of Kotlin's
 * {@code Unit}, which a task without a value returns. The value is made again where this arrives.
 *
 * @param kind one of the letters below
 */
public record SentValue(char kind, @Nullable Object content) implements Serializable {
    private static final char OPTIONAL = 'o';
    private static final char INT = 'i';
    private static final char LONG = 'l';
    private static final char DOUBLE = 'd';
    private static final char PATH = 'p';

    /** Its content is an array of the key and the value. */
    public static final char ENTRY = 'e';

    /** Its content is the class, which not every program has. */
    private static final char UNIT = 'u';

    private static final String UNIT_CLASS = "kotlin.Unit";
    private static final Class<?> ENTRY_CLASS = Map.entry(0, 0).getClass();

    /**
     * Returns what is written for this object, which is not serialisable: one of these, a copy of the part of a
     * collection that it is a view of, or itself if it cannot travel.
     */
    public static Object of(Object object) {
        return switch (object) {
            case Optional<?> optional -> new SentValue(OPTIONAL, optional.orElse(null));
            case OptionalInt number -> new SentValue(INT, number.isPresent() ? number.getAsInt() : null);
            case OptionalLong number -> new SentValue(LONG, number.isPresent() ? number.getAsLong() : null);
            case OptionalDouble number -> new SentValue(DOUBLE, number.isPresent() ? number.getAsDouble() : null);
            case Path path ->
                path.getFileSystem() == FileSystems.getDefault() ? new SentValue(PATH, path.toString()) : path;
            default -> ofAnyClass(object);
        };
    }

    private static Object ofAnyClass(Object object) {
        Class<?> type = object.getClass();
        if (type.getName().equals(UNIT_CLASS)) {
            return new SentValue(UNIT, type);
        }
        return isView(type) ? copy(object) : object;
    }

    /** Returns whether no field can be declared with the class: then a copy of another class fits where it was. */
    private static boolean isView(Class<?> type) {
        return !Modifier.isPublic(type.getModifiers()) && ClassLocation.isJdk(type);
    }

    @SuppressWarnings("JdkObsolete") // a LinkedList is the one queue that may hold null
    private static Object copy(Object view) {
        return switch (view) {
            case Map.Entry<?, ?> entry ->
                view.getClass() == ENTRY_CLASS
                        ? new SentValue(ENTRY, new Object[] {entry.getKey(), entry.getValue()})
                        : new AbstractMap.SimpleEntry<>(entry);
            case SortedMap<?, ?> map -> new TreeMap<>(map);
            case Map<?, ?> map -> whole(view, map.size(), new LinkedHashMap<>(map));
            case SortedSet<?> set -> new TreeSet<>(set);
            case Set<?> set -> whole(view, set.size(), new LinkedHashSet<>(set));
            case List<?> list -> new ArrayList<>(list);
            case Deque<?> deque -> new LinkedList<>(deque);
            case Collection<?> collection -> new ArrayList<>(collection);
            default -> view;
        };
    }

    /** Returns the copy, or the view if its elements are told apart by identity, so that the copy lacks some. */
    private static Object whole(Object view, int size, Object copy) {
        int copied = copy instanceof Map<?, ?> map ? map.size() : ((Collection<?>) copy).size();
        return copied == size ? copy : view;
    }

    /** Returns the value. */
    public Object readResolve() throws InvalidObjectException {
        return switch (kind) {
            case OPTIONAL -> Optional.ofNullable(content);
            case INT -> content == null ? OptionalInt.empty() : OptionalInt.of((Integer) content);
            case LONG -> content == null ? OptionalLong.empty() : OptionalLong.of((Long) content);
            case DOUBLE -> content == null ? OptionalDouble.empty() : OptionalDouble.of((Double) content);
            case PATH -> Path.of((String) Objects.requireNonNull(content));
            case ENTRY -> {
                Object[] both = (Object[]) Objects.requireNonNull(content);
                yield Map.entry(both[0], both[1]);
            }
            case UNIT -> unit((Class<?>) Objects.requireNonNull(content));
            default -> throw new InvalidObjectException("no value of the kind " + (int) kind);
        };
    }

    /** Returns the one object of the class. */
    private static Object unit(Class<?> type) throws InvalidObjectException {
        if (!type.getName().equals(UNIT_CLASS)) {
            throw new InvalidObjectException(type + " is not " + UNIT_CLASS);
        }
        try {
            return Objects.requireNonNull(type.getField("INSTANCE").get(null));
        } catch (ReflectiveOperationException e) {
            throw new InvalidObjectException(UNIT_CLASS + " has no instance", e);
        }
    }
}
