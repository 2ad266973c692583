package dev.pando.internal.codec.policy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Classes by name: {@code com.acme.*} those of a package, {@code com.acme.**} also those of the packages below it,
 * {@code com.acme.Order} that one and what is nested in it. Immutable.
 */
public final class ClassPatterns {
    /** No class at all. */
    public static final ClassPatterns NOTHING = of(Set.of());

    private final Set<String> names = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> trees = new HashSet<>();

    private ClassPatterns() {}

    /** Returns the classes that these patterns name. Throws if one is no pattern, such as a lone {@code *}. */
    public static ClassPatterns of(Collection<String> patterns) {
        ClassPatterns allowed = new ClassPatterns();
        for (String pattern : patterns) {
            allowed.add(pattern);
        }
        return allowed;
    }

    private void add(String pattern) {
        if (!isPattern(pattern)) {
            throw new IllegalArgumentException(
                    "\"" + pattern + "\" is neither com.acme.Order, a class, nor com.acme.*, a package,"
                            + " nor com.acme.**, a package and those below it");
        }
        if (pattern.endsWith(".**")) {
            trees.add(pattern.substring(0, pattern.length() - 3));
        } else if (pattern.endsWith(".*")) {
            packages.add(pattern.substring(0, pattern.length() - 2));
        } else {
            names.add(pattern);
        }
    }

    /** Not a regular expression: each program and each worker would load what reads those, before its first task. */
    private static boolean isPattern(String text) {
        int end = text.length() - (text.endsWith(".**") ? 3 : text.endsWith(".*") ? 2 : 0);
        boolean inName = false;
        for (int at = 0; at < end; at += Character.charCount(text.codePointAt(at))) {
            boolean dot = text.charAt(at) == '.';
            if (dot ? !inName : !Character.isJavaIdentifierPart(text.codePointAt(at))) {
                return false;
            }
            inName = !dot;
        }
        return inName;
    }

    boolean covers(Class<?> type) {
        String home = type.getPackageName();
        return packages.contains(home) || inATree(home) || named(type.getName());
    }

    private boolean inATree(String home) {
        if (trees.isEmpty()) {
            return false;
        }
        for (String at = home; ; at = at.substring(0, at.lastIndexOf('.'))) {
            if (trees.contains(at)) {
                return true;
            }
            if (at.indexOf('.') < 0) {
                return false;
            }
        }
    }

    /** Nested classes are named after theirs, and so are its lambdas. */
    private boolean named(String name) {
        if (names.isEmpty()) {
            return false;
        }
        if (names.contains(name)) {
            return true;
        }
        for (int end = name.lastIndexOf('$'); end > 0; end = name.lastIndexOf('$', end - 1)) {
            if (names.contains(name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
