package dev.pando.internal.worker;

import dev.pando.spi.UnsendableException;
import org.jspecify.annotations.Nullable;

/** How what a task calls travels, at the end of the task. Any thread. */
public interface CallCodec {

    /**
     * Returns the bytes of an argument.
     *
     * @throws UnsendableException it cannot travel
     */
    byte[] pack(@Nullable Object argument) throws UnsendableException;

    /**
     * Returns the result of these bytes.
     *
     * @throws UnsendableException it cannot be built here
     */
    @Nullable
    Object unpack(byte[] result) throws UnsendableException;

    /** Returns the exception of these bytes: its own if they can be unpacked here, or else its stand-in. */
    Throwable unpackThrowable(byte[] original, byte[] standIn);
}
