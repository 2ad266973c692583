package dev.pando.internal.process.child;

import dev.pando.internal.codec.message.HomeLoader;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.MessageLimits;

/** Stands for one class loader of the parent's: finds what that one finds. */
final class RemoteClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final int number;
    private final RemoteClasses classes;

    RemoteClassLoader(int number, RemoteClasses classes) {
        super(null, HomeLoader.loader()); // a name would stand in every line of every stack trace
        this.number = number;
        this.classes = classes;
    }

    int number() {
        return number;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try {
                return getPlatformClassLoader().loadClass(name);
            } catch (ClassNotFoundException notOfTheJdk) {
                return findClass(name);
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.length() > MessageLimits.CLASS_NAME) {
            throw new ClassNotFoundException("no class has a name of " + name.length() + " letters");
        }
        Message.Code code = classes.ask(number, name);
        int definer = code.loader();
        if (definer == Message.Code.NO_LOADER) {
            throw new ClassNotFoundException(code.digest().isEmpty() ? name : name + ": " + code.digest());
        }
        if (definer == 0) {
            return Class.forName(name, false, HomeLoader.loader());
        }
        if (definer != number) {
            return Class.forName(name, false, classes.numbered(definer));
        }
        byte[] bytes = classes.file(code);
        return defineClass(name, bytes, 0, bytes.length);
    }
}
