package dev.pando.junit.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** Reads objects with the class loader by which the tests are found: the one of the thread that reads. */
final class LoaderInput extends ObjectInputStream {
    LoaderInput(InputStream in) throws IOException {
        super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != null) {
            try {
                return Class.forName(described.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                // a primitive type, which the default knows, or a class that only our own loader has
            }
        }
        return super.resolveClass(described);
    }
}
