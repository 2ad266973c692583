package dev.pando.internal.process.child;

import dev.pando.internal.process.os.SharedPage;
import dev.pando.internal.process.wire.Message;
import dev.pando.internal.process.wire.ProgressPage;
import dev.pando.internal.process.wire.SharedWords;
import dev.pando.spi.StepNotes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes how far the main thread is with what it runs: in messages at first, and on the {@link ProgressPage} once so
 * many tasks have come that opening it pays. The main thread's own. Not final: a test lends a page of its own.
 */
class ProgressNotes {
    /** Opening the page takes about as long as a hundred messages, and no worker needs it to get ready. */
    private static final int TASKS = 20;

    private final ReplyWriter replies;
    private final String address;
    private @Nullable ProgressPage page;

    /** Made with the first run that has steps, so that the start does not load its class. */
    private @Nullable CoarseClock clock;

    private int tasks;

    ProgressNotes(ReplyWriter replies, String address) {
        this.replies = replies;
        this.address = address;
    }

    /** {@code false}: the parent has taken it back. */
    boolean begin(int run) {
        if (page == null) {
            replies.send(new Message.Began(run));
            return true;
        }
        return page.begin(run);
    }

    /** @param quick what it returned is packed in no time, without code of the user's: that is not worth a message */
    void ended(int run, boolean quick) {
        if (page != null) {
            page.ended(run);
        } else if (!quick) {
            replies.send(new Message.Ended(run));
        }
    }

    /** Returns where a run notes its steps. */
    StepNotes steps(int run) {
        usePage(); // early: a worker that dies in one of many steps should cost no other step
        ProgressPage there = page;
        if (there == null) {
            return step -> {};
        }
        if (clock == null) {
            clock = new CoarseClock();
        }
        return PageSteps.of(there, run, clock);
    }

    /** Called when the run has been answered. */
    void answered() {
        if (++tasks == TASKS) {
            usePage();
        }
    }

    private void usePage() {
        if (page != null || address.isEmpty()) {
            return;
        }
        try {
            page = new ProgressPage(new SharedWords.MappedWords(lent()), new PageLease(address));
        } catch (IOException | RuntimeException none) {
            // then messages it is, as before
        }
    }

    /** Whether the parent is there, and lends the page. A class, because a first lambda costs milliseconds. */
    private record PageLease(String address) implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return SharedPage.isLent(address);
        }
    }

    /** The memory of the progress page. */
    ByteBuffer lent() throws IOException {
        return SharedPage.borrow(address, ProgressPage.BYTES);
    }
}
