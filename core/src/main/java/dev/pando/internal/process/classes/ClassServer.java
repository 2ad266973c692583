package dev.pando.internal.process.classes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.HomeLoader;
import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.process.wire.Message;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders of this JVM, by number, and the classes that workers ask for. Number 0 is what every worker has
 * too: the JDK, the class path, and Pando itself. Any thread may ask. A loader is not kept for the sake of its number.
 */
public final class ClassServer implements LoaderNumbers {
    /** The JVM takes all else for the name of a class; other languages than Java make names with blanks and signs. */
    private static final String NOT_IN_A_NAME = "/\\;[\0";

    private static final byte[] NOTHING = {};

    /** The worker chose the name that such a reason repeats. */
    private static final int LONGEST_REASON = 4096;

    private final ClassValue<Integer> numberOf = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            boolean everywhere = CodePlaces.isEverywhere(type.getClassLoader()) || CodePlaces.isOurs(type);
            return everywhere ? 0 : number(java.util.Objects.requireNonNull(type.getClassLoader()));
        }
    };

    @GuardedBy("this")
    private final Map<ClassLoader, Integer> numbers = new WeakHashMap<>();

    @GuardedBy("this")
    private final Map<Integer, WeakReference<ClassLoader>> loaders = new HashMap<>();

    private final RedefinedSnippets redefined = new RedefinedSnippets(this);

    @Override
    public int numberOf(Class<?> type) {
        int number = numberOf.get(type);
        return number == 0 || !RedefinedSnippets.isTyped(type) ? number : redefined.numberOf(type, number);
    }

    @Override
    public ClassLoader numbered(int number) throws ClassNotFoundException {
        WeakReference<ClassLoader> known;
        synchronized (this) {
            known = loaders.get(number);
        }
        ClassLoader loader = known == null ? null : known.get();
        if (loader == null) {
            throw new ClassNotFoundException("the class loader it came from is gone");
        }
        return loader;
    }

    /** Returns what to tell the worker that has this account. */
    public Message.Code answer(Message.Wanted wanted, ClassAccount account) {
        return answer(wanted, account, false);
    }

    /**
     * As {@link #answer}, for a machine that has the JDK and Pando, and not the class path of this program: number 0 is
     * served too. A class that such a machine has comes with number 0 and no digest.
     */
    public Message.Code answerElsewhere(Message.Wanted wanted, ClassAccount account) {
        return answer(wanted, account, true);
    }

    private Message.Code answer(Message.Wanted wanted, ClassAccount account, boolean elsewhere) {
        Message.Code code = find(wanted, account, elsewhere);
        if (code.loader() == Message.Code.NO_LOADER) {
            account.askedInVain(wanted.type());
        }
        return code;
    }

    private Message.Code find(Message.Wanted wanted, ClassAccount account, boolean elsewhere) {
        try {
            if (!isName(wanted.type())) {
                return nobody(wanted, "");
            }
            ClassLoader asked = elsewhere && wanted.loader() == 0 ? HomeLoader.loader() : numbered(wanted.loader());
            if (account.isSpent() && !hasFile(asked, wanted.type())) {
                return nobody(wanted, "");
            }
            Class<?> type = Class.forName(wanted.type(), false, asked);
            int definer = numberOf(type);
            // one of several numbers, perhaps
            if (definer != 0 && type.getClassLoader() == asked) {
                definer = wanted.loader();
            }
            if (definer == 0 && !(elsewhere && CodePlaces.isOfTheProgram(type))) {
                return new Message.Code(wanted.question(), 0, "", NOTHING);
            }
            byte[] file = file(type);
            if (file == null) {
                return nobody(
                        wanted,
                        "its loader " + type.getClassLoader()
                                + " has no file of it, as of a class made while the program"
                                + " runs: such a class cannot travel");
            }
            String digest = digest(file);
            if (RedefinedSnippets.isTyped(type)) {
                redefined.sent(type, digest);
            }
            return new Message.Code(wanted.question(), definer, digest, account.send(digest) ? file : NOTHING);
        } catch (ClassNotFoundException e) {
            return nobody(wanted, wanted.type().equals(e.getMessage()) ? "" : String.valueOf(e.getMessage()));
        } catch (Exception | LinkageError e) { // a class loader of the user may throw anything
            return nobody(wanted, e.toString());
        }
    }

    /**
     * To a loader that looks in files or on a server, one with an empty part is a path from the root, or another
     * server.
     */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (NOT_IN_A_NAME.indexOf(name.charAt(i)) >= 0) {
                return false;
            }
        }
        return !name.isEmpty() && !name.startsWith(".") && !name.contains("..") && !name.endsWith(".");
    }

    private static Message.Code nobody(Message.Wanted wanted, String why) {
        String told = why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON) + "...";
        return new Message.Code(wanted.question(), Message.Code.NO_LOADER, told, NOTHING);
    }

    private static boolean hasFile(ClassLoader loader, String type) throws IOException {
        try (InputStream file = loader.getResourceAsStream(fileName(type))) {
            return file != null;
        }
    }

    private static String fileName(String type) {
        return type.replace('.', '/') + ".class";
    }

    static String digest(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException impossible) { // every JDK has it
            throw new AssertionError(impossible);
        }
    }

    static byte @Nullable [] file(Class<?> type) throws IOException {
        try (InputStream in = open(type)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /**
     * Of several files of this name the one that the class was made of: the loader may prefer its own, and tell us its
     * parent's.
     */
    private static @Nullable InputStream open(Class<?> type) throws IOException {
        ClassLoader loader = java.util.Objects.requireNonNull(type.getClassLoader());
        String name = fileName(type.getName());
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String place = source == null || source.getLocation() == null
                ? ""
                : source.getLocation().toExternalForm();
        URL told = loader.getResource(name);
        if (told != null && !told.toExternalForm().contains(place)) {
            for (URL other : Collections.list(loader.getResources(name))) {
                if (!other.toExternalForm().contains(place)) {
                    continue;
                }
                URLConnection connection = other.openConnection();
                connection.setUseCaches(false); // or the jar stays open
                return connection.getInputStream();
            }
        }
        return loader.getResourceAsStream(name);
    }

    private synchronized int number(ClassLoader loader) {
        Integer known = numbers.get(loader);
        return known == null ? another(loader) : known;
    }

    /** Returns one more number for this loader, under which workers know nothing of it yet. */
    synchronized int another(ClassLoader loader) {
        int fresh = loaders.size() + 1; // a number is never used twice: workers remember
        numbers.put(loader, fresh);
        loaders.put(fresh, new WeakReference<>(loader));
        return fresh;
    }
}
