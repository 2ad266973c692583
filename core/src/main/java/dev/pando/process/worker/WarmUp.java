package dev.pando.process.worker;

import dev.pando.codec.Codec;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What a new worker does while nobody needs it: lets a lambda arrive by either way, since the first that arrives costs ten
 * times the second. On a daemon thread of its own, because the main thread is reading and must begin a task the moment it is
 * there. In steps, none of which begins once there is a task: that one loads what it needs by itself, and nothing else.
 */
final class WarmUp extends Thread {
    /** A pool that has work for a new worker has sent it by then. */
    private static final long MOMENT_MILLIS = 5;

    private final Codec codec;
    private final Inbox inbox;

    WarmUp(Codec codec, Inbox inbox) {
        super(null, null, "pando-warm-up", 0, false);
        this.codec = codec;
        this.inbox = inbox;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            if (!inbox.isUnused(MOMENT_MILLIS)) return;
            Callable<String> nothing = (Callable<String> & Serializable) () -> "warm";
            if (inbox.isUnused(0)) call(codec.pack(nothing).bytes());
            if (inbox.isUnused(0)) call(codec.encode(nothing, Direction.ARGUMENT)); // the long way
        } catch (Throwable cold) {
            // then the first task pays
        }
    }

    private @Nullable Object call(byte[] bytes) throws Exception {
        return codec.decode(bytes, Direction.ARGUMENT) instanceof Callable<?> callable ? callable.call() : null;
    }
}
