package dev.pando.internal.codec.message;

import org.jspecify.annotations.Nullable;

/**
 * An exception on its way: its own bytes, {@code null} or none if it cannot travel, and those of a stand-in that always
 * can.
 */
@SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
public record EncodedThrowable(byte @Nullable [] original, byte[] standIn) {}
