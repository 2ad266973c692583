package dev.pando.internal.process;

import dev.pando.Action;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An initializer, as the work that each worker does first. */
public record InitializerTask(Action initializer) implements Callable<@Nullable Void>, Serializable {

    @Override
    public @Nullable Void call() throws Exception {
        initializer.perform();
        return null;
    }
}
