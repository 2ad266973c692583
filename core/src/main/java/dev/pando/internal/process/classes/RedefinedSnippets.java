package dev.pando.internal.process.classes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * A method that is typed anew in jshell becomes other code in the same class. Workers that have the class cannot change
 * it: so from then on its loader has another number, under which they load everything anew. Any thread may ask.
 */
final class RedefinedSnippets {
    private final ClassServer classes;

    @GuardedBy("this")
    private final Map<ClassLoader, Edition> editions = new WeakHashMap<>();

    RedefinedSnippets(ClassServer classes) {
        this.classes = classes;
    }

    /** @param sent by name, what was in the files of the classes that workers were sent */
    private record Edition(int number, Map<String, String> sent) {}

    static boolean isTyped(Class<?> type) {
        return type.getName().startsWith("REPL.$JShell$");
    }

    /** Of the loader of this class, which was first given this number. */
    synchronized int numberOf(Class<?> type, int first) {
        ClassLoader loader = java.util.Objects.requireNonNull(type.getClassLoader());
        Edition edition = editions.computeIfAbsent(loader, fresh -> new Edition(first, new HashMap<>()));
        if (!isStale(edition, loader)) {
            return edition.number;
        }
        Edition next = new Edition(classes.another(loader), new HashMap<>());
        editions.put(loader, next);
        return next.number;
    }

    synchronized void sent(Class<?> type, String digest) {
        Edition edition = editions.get(type.getClassLoader());
        if (edition != null) {
            edition.sent.put(type.getName(), digest);
        }
    }

    private static boolean isStale(Edition edition, ClassLoader loader) {
        for (Map.Entry<String, String> one : edition.sent.entrySet()) {
            try {
                byte[] file = ClassServer.file(Class.forName(one.getKey(), false, loader));
                if (file != null && !ClassServer.digest(file).equals(one.getValue())) {
                    return true;
                }
            } catch (IOException | ClassNotFoundException e) {
                return true;
            }
        }
        return false;
    }
}
