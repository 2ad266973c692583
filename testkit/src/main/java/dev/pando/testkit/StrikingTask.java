package dev.pando.testkit;

import dev.pando.Task;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** An object that travels, and is struck when it is packed or unpacked. Called as a task, it does nothing. */
final class StrikingTask implements Task<@Nullable Void>, Serializable {
    private static final long serialVersionUID = 1L;

    enum Moment {
        WRITE,
        READ
    }

    private final Chaos chaos;
    private final Moment moment;

    StrikingTask(Chaos chaos, Moment moment) {
        this.chaos = chaos;
        this.moment = moment;
    }

    @Override
    public @Nullable Void call() {
        return null;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (moment == Moment.WRITE) {
            chaos.strikeHere();
        }
        out.defaultWriteObject();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (moment == Moment.READ) {
            chaos.strikeHere();
        }
    }
}
