package dev.pando.internal.codec.policy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the code of a task came from: jars, directories, or loaders that have neither. Immutable, and shared: all tasks
 * that come from the same one jar have the same one origin.
 */
public final class CodeOrigin {
    /** The origin of the JDK's classes and of ours. */
    public static final CodeOrigin NONE = new CodeOrigin(Set.of());

    /**
     * Origins by location, as many as there are jars. Origins of loaders are not in here, or else the loaders were
     * never freed.
     */
    private static final Map<String, CodeOrigin> SHARED = new ConcurrentHashMap<>();

    /** Locations as text, and loaders. */
    private final Set<Object> places;

    private CodeOrigin(Set<Object> places) {
        this.places = places;
    }

    static CodeOrigin at(Object place) {
        if (place.equals("")) {
            return NONE;
        }
        if (!(place instanceof String location)) {
            return new CodeOrigin(Set.of(place));
        }
        CodeOrigin known = SHARED.get(location);
        if (known == null) {
            CodeOrigin made = new CodeOrigin(Set.of(location));
            CodeOrigin other = SHARED.putIfAbsent(location, made);
            known = other == null ? made : other;
        }
        return known;
    }

    /**
     * Returns both together: one of the two if it holds the other, so that equal origins are mostly the same object.
     */
    public CodeOrigin and(CodeOrigin other) {
        if (other == this || places.containsAll(other.places)) {
            return this;
        }
        if (other.places.containsAll(places)) {
            return other;
        }
        Set<Object> both = new HashSet<>(places);
        both.addAll(other.places);
        return new CodeOrigin(Set.copyOf(both));
    }

    /**
     * Returns whether the other comes from here too. Returns false for {@link #NONE}: the JDK and we come from nowhere.
     */
    public boolean covers(CodeOrigin other) {
        return other != NONE && places.containsAll(other.places);
    }

    @Override
    public String toString() {
        return places.toString();
    }
}
