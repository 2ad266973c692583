package dev.pando.internal.shared.handle;

import dev.pando.TaskFailedException;
import dev.pando.shared.SharedBody;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs what is run with a lock or a permit, and gives that back, however the body ends. */
final class HeldBody {
    private HeldBody() {}

    static <T extends @Nullable Object> T run(String what, Callable<T> body, Runnable giveBack) {
        T value;
        try {
            value = body.call();
        } catch (Throwable t) {
            try {
                giveBack.run();
            } catch (RuntimeException closed) {
                t.addSuppressed(closed);
            }
            if (t instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (t instanceof Error error) {
                throw error;
            }
            throw TaskFailedException.carrying(what + " threw " + t, (Exception) t);
        }
        giveBack.run();
        return value;
    }

    static Callable<@Nullable Void> of(SharedBody body) {
        return () -> {
            body.run();
            return null;
        };
    }
}
