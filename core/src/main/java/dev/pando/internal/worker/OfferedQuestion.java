package dev.pando.internal.worker;

import dev.pando.DeadlineExceededException;
import dev.pando.NotSendableException;
import dev.pando.TaskFailedException;
import dev.pando.internal.shared.CallStatus;
import dev.pando.spi.UnsendableException;
import org.jspecify.annotations.Nullable;

/**
 * A task calls what the program offers by this name, from another JVM: what it sends, and what it makes of the reply.
 */
record OfferedQuestion(String name, CallCodec codec) {

    byte[] packed(@Nullable Object argument) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return codec.pack(argument);
        } catch (UnsendableException e) {
            throw new NotSendableException(
                    "the argument for what the program offers as " + name + " " + e.getMessage(), e);
        }
    }

    /** Returns the result, or throws what the caller is to see. The interrupt of a caller that waited is still set. */
    @Nullable
    Object result(CallEnd end) throws InterruptedException {
        if (end.status() == CallStatus.UNDONE) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new DeadlineExceededException("what the program offers as " + name + " gave no result in time");
        }
        if (end.status() == CallStatus.CLOSED) {
            throw new IllegalArgumentException(end.why());
        }
        if (end.status() != CallStatus.DONE) {
            throw new IllegalStateException(end.why().isEmpty() ? "the program gave no answer" : end.why());
        }
        if (end.how() == CallEnd.THREW) {
            Throwable thrown =
                    codec.unpackThrowable(end.items().getFirst(), end.items().getLast());
            if (thrown instanceof NotSendableException refused) {
                throw refused;
            }
            throw new TaskFailedException("what the program offers as " + name + " failed: " + thrown, thrown);
        }
        try {
            return codec.unpack(end.items().getFirst());
        } catch (UnsendableException e) {
            throw new NotSendableException(
                    "the result of what the program offers as " + name + " " + e.getMessage(), e);
        }
    }
}
