package dev.pando.internal.codec;

import dev.pando.internal.codec.message.LoaderNumbers;
import dev.pando.internal.codec.message.MemoryHandle;
import dev.pando.internal.codec.message.SharedMemory;
import dev.pando.internal.codec.policy.ResultFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Reads one message, each class from the loader whose number it bears. */
final class CodecObjectInput extends ObjectInputStream {
    private final @Nullable LoaderNumbers loaderNumbers;
    private final @Nullable ClassLoader home;
    private final @Nullable ResultFilter filter;
    private final @Nullable SharedMemory sharedMemory;

    /** Whether the message names shared memory. */
    private boolean handles;

    /** Looks for classes without a number in {@code home}, or else where the JDK's streams look. */
    private CodecObjectInput(
            InputStream in,
            @Nullable LoaderNumbers loaderNumbers,
            @Nullable ClassLoader home,
            @Nullable ResultFilter filter,
            @Nullable SharedMemory sharedMemory)
            throws IOException {
        super(in);
        this.loaderNumbers = loaderNumbers;
        this.home = home;
        this.filter = filter;
        this.sharedMemory = sharedMemory;
        if (filter == null) {
            // A trusted sender: the filter of the whole JVM is meant for strangers, and does not know the classes of
            // tasks.
            if (ObjectInputFilter.Config.getSerialFilter() != null) {
                setObjectInputFilter(info -> ObjectInputFilter.Status.ALLOWED);
            }
            return;
        }
        enableResolveObject(true);
        setObjectInputFilter(filter.andTheUsers());
    }

    /** Returns the first object of these bytes. */
    static @Nullable Object read(
            InputStream bytes,
            @Nullable LoaderNumbers loaderNumbers,
            @Nullable ClassLoader home,
            @Nullable ResultFilter filter,
            @Nullable SharedMemory sharedMemory)
            throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new CodecObjectInput(bytes, loaderNumbers, home, filter, sharedMemory)) {
            return in.readObject();
        }
    }

    /** Called for each object once it is whole: weighs it, and replaces a handle by what the handle names. */
    @Override
    protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
        if (filter != null) {
            filter.weigh(object);
        }
        if (!handles || sharedMemory == null || !(object instanceof MemoryHandle handle)) {
            return object;
        }
        Object arrived = sharedMemory.arriving(handle);
        return filter == null ? arrived : filter.letIn(arrived);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        if (MemoryHandle.CLASS.equals(description.getName()) && sharedMemory != null) {
            handles = true;
            enableResolveObject(true);
        }
        ClassLoader foreign = foreign();
        if (foreign != null) {
            return Class.forName(description.getName(), false, foreign);
        }
        if (home == null) {
            return super.resolveClass(description);
        }
        try {
            return Class.forName(description.getName(), false, home);
        } catch (ClassNotFoundException e) {
            return super.resolveClass(description); // primitives, and what only this library sees
        }
    }

    @Override
    @SuppressWarnings("deprecation") // a proxy class without an instance: the stream makes that itself
    protected Class<?> resolveProxyClass(String[] faces) throws IOException, ClassNotFoundException {
        ClassLoader foreign = foreign();
        ClassLoader loader = foreign == null ? home : foreign;
        if (loader == null) {
            return super.resolveProxyClass(faces);
        }
        try {
            Class<?>[] types = new Class<?>[faces.length];
            for (int i = 0; i < faces.length; i++) {
                types[i] = Class.forName(faces[i], false, loader);
            }
            return Proxy.getProxyClass(loader, types);
        } catch (ClassNotFoundException | IllegalArgumentException e) {
            if (foreign != null) {
                throw new ClassNotFoundException("a proxy of " + String.join(", ", faces), e);
            }
            return super.resolveProxyClass(faces);
        }
    }

    /** Returns the loader whose number the other side wrote after the descriptor. Returns null if it wrote none. */
    private @Nullable ClassLoader foreign() throws IOException, ClassNotFoundException {
        if (loaderNumbers == null || available() < Integer.BYTES) {
            return null;
        }
        int number = readInt();
        return number == 0 ? null : loaderNumbers.numbered(number);
    }
}
