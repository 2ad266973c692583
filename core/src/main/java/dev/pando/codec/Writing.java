package dev.pando.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** Writes one message: after the descriptor of a class the number of its loader, and on the side where it all comes from. */
final class Writing extends ObjectOutputStream {
    private final @Nullable Loaders loaders;
    private final @Nullable Trail trail;
    private final @Nullable Sending sending;

    private Writing(OutputStream out, @Nullable Loaders loaders, @Nullable Trail trail, @Nullable Sending sending) throws IOException {
        super(out);
        this.loaders = loaders;
        this.trail = trail;
        this.sending = sending;
        if (trail != null || sending != null) enableReplaceObject(true);
    }

    /** Writes the object as the only one of these bytes. */
    static void write(@Nullable Object object, OutputStream bytes, @Nullable Loaders loaders, @Nullable Trail trail, @Nullable Sending sending)
            throws IOException {
        try (ObjectOutputStream out = new Writing(bytes, loaders, trail, sending)) {
            out.writeObject(object);
        }
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        Class<?> element = type;
        while (element.isArray()) element = element.componentType();
        number(element);
        if (trail != null) trail.passed(element);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        number(type);
        if (trail == null) return;
        for (Class<?> face : type.getInterfaces()) trail.passed(face);
    }

    private void number(Class<?> type) throws IOException {
        int number = loaders == null ? 0 : loaders.numberOf(type);
        if (number != 0) writeInt(number);
    }

    /** Also where lambdas can be seen as what they are written as. */
    @Override
    protected Object replaceObject(Object object) throws IOException {
        if (trail != null && object instanceof SerializedLambda lambda) trail.passed(lambda);
        return sending == null ? object : sending.replaced(object);
    }
}
