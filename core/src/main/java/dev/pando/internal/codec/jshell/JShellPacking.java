package dev.pando.internal.codec.jshell;

import dev.pando.internal.codec.message.MemoryAttachments;
import dev.pando.internal.codec.message.PackedWork;
import dev.pando.internal.codec.policy.ClassTrace;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Packs work together with the jshell variables it uses. A variable may hold a lambda that uses others, hence the
 * rounds.
 */
public final class JShellPacking {
    private final Encoder encoder;
    private final Callable<?> work;
    private final MemoryAttachments memoryAttachments;
    private final JShellVariables variables = new JShellVariables();

    /** Encodes what is sent as an argument of this message. Lets go of what the message took along if that fails. */
    public interface Encoder {
        byte[] encode(@Nullable Object object, @Nullable ClassTrace trace) throws UnsendableException;
    }

    public JShellPacking(Encoder encoder, Callable<?> work, MemoryAttachments memoryAttachments) {
        this.encoder = encoder;
        this.work = work;
        this.memoryAttachments = memoryAttachments;
    }

    /** Begins with what it is without any variable. */
    public PackedWork pack(byte[] bare, ClassTrace passed) throws UnsendableException {
        byte[] bytes = bare;
        ClassTrace trace = passed;
        while (variables.usedBy(trace.fromJShell())) {
            trace = new ClassTrace();
            try {
                bytes = encoder.encode(new JShellClasses<>(variables.values(), work), trace);
            } catch (UnsendableException e) {
                throw explained(e);
            }
        }
        return new PackedWork(bytes, trace.origin(), trace.loaders(), memoryAttachments.attachments(), null);
    }

    private UnsendableException explained(UnsendableException failure) {
        for (Field variable : variables.fields()) {
            Object value = JShellVariables.value(variable);
            try {
                encoder.encode(value, null);
            } catch (UnsendableException e) {
                String name = "the jshell variable `" + variable.getName() + "`";
                String what = value instanceof Serializable
                        ? ", which " + e.getMessage()
                        : ", a " + variable.getType().getName() + ", which is not serializable."
                                + " Copy what the task needs of it into something local, or make it inside the task.";
                return new UnsendableException(Direction.ARGUMENT, name, "cannot be sent: it uses " + name + what, e);
            }
        }
        memoryAttachments.letGo();
        return failure;
    }
}
