package dev.pando.loop;

import dev.pando.Action;
import dev.pando.internal.util.Checks;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns a body without a value into one whose value is null, so that each verb has one way to run both. */
final class ActionBody {

    private ActionBody() {}

    /** Returns a body that performs the action. Throws if there is none; the message calls it by this name. */
    static Callable<@Nullable Void> of(@Nullable Action action, String name) {
        Action given = Checks.present(action, name);
        return () -> {
            given.perform();
            return null;
        };
    }
}
