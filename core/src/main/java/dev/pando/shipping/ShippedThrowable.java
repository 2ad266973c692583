package dev.pando.shipping;

import org.jspecify.annotations.Nullable;

/**
 * An exception as bytes: its own, {@code null} or none if it cannot travel, and those of a stand-in that always can.
 *
 * @param original the exception's own bytes
 * @param standIn what arrives if the original cannot be built where it arrives
 */
@SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
public record ShippedThrowable(byte @Nullable [] original, byte[] standIn) {}
