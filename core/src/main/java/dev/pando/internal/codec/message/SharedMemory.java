package dev.pando.internal.codec.message;

import java.io.IOException;

/** Memory that both sides of a connection see. What is in it need not be in the message. Any thread may use it. */
public interface SharedMemory {

    /** For one message that leaves. */
    MessageAttachments leaving();

    /** Returns what the handle names here: the array itself, or something {@link Shareable}. */
    Object arriving(MemoryHandle handle) throws IOException;

    /**
     * What one message took along. Used by the thread that encodes it, and then by the thread that reads the answer.
     */
    interface MessageAttachments {

        /**
         * Returns what is written for a large primitive array or something shareable: the array itself if memory has no
         * room.
         */
        Object replace(Object object) throws IOException;

        /** Hands over what the message took along, which is complete. */
        void complete();

        /** Frees what the message took along. Harmless if done twice. */
        void letGo();
    }
}
