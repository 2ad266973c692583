package dev.pando.codec;

import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Packs work together with the jshell variables it uses. A variable may hold a lambda that uses others, hence the rounds. */
final class ReplPacking {
    private final Encoder encoder;
    private final Callable<?> work;
    private final Sending sending;
    private final ReplVariables variables = new ReplVariables();

    /** Encodes what is sent as an argument of this message. Lets go of what the message took along if that fails. */
    interface Encoder {
        byte[] encode(@Nullable Object object, @Nullable Trail trail) throws UnsendableException;
    }

    ReplPacking(Encoder encoder, Callable<?> work, Sending sending) {
        this.encoder = encoder;
        this.work = work;
        this.sending = sending;
    }

    /** Begins with what it is without any variable. */
    Packed pack(byte[] bare, Trail passed) throws UnsendableException {
        byte[] bytes = bare;
        Trail trail = passed;
        while (variables.usedBy(trail.fromJShell())) {
            trail = new Trail();
            try {
                bytes = encoder.encode(new Repl<>(variables.values(), work), trail);
            } catch (UnsendableException e) {
                throw explained(e);
            }
        }
        return new Packed(bytes, trail.origin(), trail.loaders(), sending.attachments(), null);
    }

    private UnsendableException explained(UnsendableException failure) {
        for (Field variable : variables.fields()) {
            Object value = ReplVariables.value(variable);
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
        sending.letGo();
        return failure;
    }
}
