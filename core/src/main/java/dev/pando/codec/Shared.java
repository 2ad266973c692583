package dev.pando.codec;

import java.io.IOException;

/** Memory that both sides of a connection see. What is in it need not be in the message. Any thread may use it. */
public interface Shared {

    /** For one message that leaves. */
    Leaving leaving();

    /** What this names here: the array itself, or something {@link Shareable}. */
    Object arriving(Handle handle) throws IOException;

    /** What one message took along. Used by the thread that encodes it, and then by whoever hears that it was answered. */
    interface Leaving {

        /** What is written for a large primitive array, or something shareable: the array itself where there is no room for it. */
        Object replace(Object object) throws IOException;

        /** The message is complete: what was to be handed over is. */
        void complete();

        /** Nobody needs what the message took along any more. Harmless if done twice. */
        void letGo();
    }
}
