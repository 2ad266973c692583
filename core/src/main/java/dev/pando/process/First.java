package dev.pando.process;

import dev.pando.Action;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An initializer, as the work that each worker does first. */
record First(Action initializer) implements Callable<@Nullable Void>, Serializable {

    @Override
    public @Nullable Void call() throws Exception {
        initializer.perform();
        return null;
    }
}
