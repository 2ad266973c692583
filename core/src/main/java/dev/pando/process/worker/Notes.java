package dev.pando.process.worker;

import dev.pando.process.os.Page;
import dev.pando.process.wire.Message;
import dev.pando.process.wire.Slate;
import dev.pando.process.wire.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Notes how far the main thread is with what it runs: in messages at first, and on the {@link Slate} once so many tasks have
 * come that opening it pays. The main thread's own.
 */
class Notes {
    /** Opening the slate takes about as long as a hundred messages, and no worker needs it to get ready. */
    private static final int TASKS = 20;

    private final Answers answers;
    private final String address;
    private @Nullable Slate slate;
    private int tasks;

    Notes(Answers answers, String address) {
        this.answers = answers;
        this.address = address;
    }

    /** {@code false}: the parent has taken it back. */
    boolean begin(int run) {
        if (slate == null) {
            answers.send(new Message.Began(run));
            return true;
        }
        Slate.Begin begin = slate.begin(run);
        if (begin == Slate.Begin.NO_SAY_SO) answers.send(new Message.Skipped(run));
        return begin == Slate.Begin.YES;
    }

    /** @param quick what it returned is packed in no time, without code of the user's: that is not worth a message */
    void ended(int run, boolean quick) {
        if (slate != null) slate.ended(run);
        else if (!quick) answers.send(new Message.Ended(run));
    }

    /** It has been answered. */
    void answered() {
        if (++tasks != TASKS || address.isEmpty()) return;
        try {
            slate = new Slate(new Words.Mapped(lent()));
        } catch (IOException | RuntimeException none) {
            // then messages it is, as before
        }
    }

    /** The memory of the slate. */
    ByteBuffer lent() throws IOException {
        return Page.borrow(address, Slate.BYTES);
    }
}
