package dev.pando.cluster.internal.node;

import dev.pando.cluster.internal.relay.LoaderAnchor;
import dev.pando.shipping.ShippedClass;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one class loader of a program: finds what that one finds, by asking the program. Classes are defined here
 * and never initialised here, unless the tasks run in this JVM; worker processes get the class files from here.
 */
final class ProgramLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final int number;
    private final ClassQuestions program;

    /** The files of the classes that this loader has defined, for worker processes. */
    private final Map<String, byte[]> defined = new ConcurrentHashMap<>();

    /** An object whose class this loader has defined. Made once. */
    private volatile @Nullable Object anchor;

    ProgramLoader(int number, ClassQuestions program) {
        super(null, getPlatformClassLoader()); // a name would stand in every line of every stack trace
        this.number = number;
        this.program = program;
    }

    /** Returns what a task takes along so that a worker finds this loader. */
    Object anchor() throws ClassNotFoundException {
        Object made = anchor;
        if (made == null) {
            try {
                made = loadClass(LoaderAnchor.NAME).getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw e instanceof ClassNotFoundException missing ? missing : new ClassNotFoundException("anchor", e);
            }
            anchor = made;
        }
        return made;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.equals(LoaderAnchor.NAME)) {
            return define(name, LoaderAnchor.file(name, number));
        }
        if (name.startsWith(LoaderAnchor.NUMBERED)) {
            return numbered(name);
        }
        ShippedClass found = program.find(number, name);
        int definer = found.definer();
        if (definer == ShippedClass.NOWHERE) {
            throw new ClassNotFoundException(found.digest().isEmpty() ? name : name + ": " + found.digest());
        }
        if (found.isEverywhere()) {
            return Class.forName(name, false, ProgramLoader.class.getClassLoader());
        }
        if (definer != number) {
            return Class.forName(name, false, program.loader(definer));
        }
        byte[] file = found.file().length > 0 ? found.file() : program.file(found.digest());
        if (file == null) {
            throw new ClassNotFoundException(name + ": its bytes did not arrive");
        }
        return define(name, file);
    }

    private Class<?> numbered(String name) throws ClassNotFoundException {
        int wanted = Integer.parseInt(name.substring(LoaderAnchor.NUMBERED.length()));
        return wanted == number
                ? define(name, LoaderAnchor.file(name, number))
                : Class.forName(name, false, program.loader(wanted));
    }

    private Class<?> define(String name, byte[] file) {
        defined.put(name.replace('.', '/') + ".class", file);
        return defineClass(name, file, 0, file.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] file = defined.get(name);
        return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
    }
}
