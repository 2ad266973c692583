package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trusted classes of the JDK that run code of their own when they are read: each is known, with a reason. */
class TrustedReadersTest {
    private static final List<String> READERS =
            List.of("readObject", "readObjectNoData", "readResolve", "readExternal");

    private static TreeMap<String, String> reviewed() throws Exception {
        TreeMap<String, String> reasons = new TreeMap<>();
        try (InputStream in =
                Objects.requireNonNull(TrustedReadersTest.class.getResourceAsStream("trusted-readers.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] sides = line.split(" = ", 2);
                    reasons.put(sides[0], sides[1]);
                }
            }
        }
        return reasons;
    }

    private static TreeSet<String> readers() throws Exception {
        TreeSet<String> found = new TreeSet<>();
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> files = Files.walk(modules)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.toString().endsWith(".class") || !namesAReader(file)) {
                    continue;
                }
                String path = file.subpath(2, file.getNameCount()).toString();
                String name =
                        path.substring(0, path.length() - ".class".length()).replace('/', '.');
                if (isTrustedReader(name)) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    /** A look at the bytes, because to load all classes of the JDK takes too long. */
    private static boolean namesAReader(Path file) throws IOException {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return READERS.stream().anyMatch(bytes::contains);
    }

    private static boolean isTrustedReader(String name) {
        try {
            Class<?> type = Class.forName(name, false, ClassLoader.getSystemClassLoader());
            return !type.isInterface()
                    && Serializable.class.isAssignableFrom(type)
                    && TrustedClasses.covers(type)
                    && readsItself(type);
        } catch (ClassNotFoundException | LinkageError notHere) {
            return false;
        }
    }

    private static boolean readsItself(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            boolean taken = parameters.length == 0
                    || (parameters.length == 1
                            && (parameters[0] == ObjectInputStream.class || parameters[0] == ObjectInput.class));
            if (READERS.contains(method.getName()) && taken) {
                return true;
            }
        }
        return false;
    }

    @Test
    void eachWasReadForWhatItReaches() throws Exception {
        assertThat(readers())
                .as("classes that any worker may send and that read themselves; read the code of a new one, and then"
                        + " either give its reason in trusted-readers.txt or except it in TrustedClasses")
                .containsExactlyInAnyOrderElementsOf(reviewed().keySet());
    }

    /** The bundle of a log record is loaded, made and initialised while the record is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.logging.LogRecord",
                "java.util.logging.Level",
                "java.net.URL",
                "java.net.SocketPermission",
                "java.io.FilePermission",
                "java.text.CompactNumberFormat",
                "java.time.chrono.ThaiBuddhistDate",
                "java.util.PriorityQueue",
                "java.util.concurrent.ArrayBlockingQueue",
                "java.util.concurrent.LinkedBlockingQueue",
                "java.util.concurrent.LinkedBlockingDeque",
                "java.util.concurrent.PriorityBlockingQueue",
                "java.util.concurrent.ConcurrentSkipListMap",
                "java.util.concurrent.CopyOnWriteArraySet"
            })
    void whatReachesFurtherIsNotTrusted(String name) throws Exception {
        assertThat(TrustedClasses.covers(Class.forName(name))).isFalse();
    }

    @Test
    void aLogRecordIsRefusedWithAdvice() {
        assertThat(new ResultPolicy(CodeOrigin.NONE, ClassPatterns.NOTHING).letsIn(LogRecord.class))
                .isFalse();
        assertThat(new ResultPolicy(CodeOrigin.NONE, ClassPatterns.of(List.of("java.util.logging.*")))
                        .letsIn(LogRecord.class))
                .isTrue();
    }
}
