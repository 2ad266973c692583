package dev.pando.internal.shared;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An item as it travels. Two are the same if their bytes are, whichever worker packed them. Ordered, or else a worker
 * could make a map of them slow by keys of one hash.
 */
public final class PackedItem implements Comparable<PackedItem> {
    private final byte[] bytes;
    private final int hash;
    private final @Nullable Object policy;

    /** @param policy what of it this program accepts; {@code null}: the program packed it itself */
    public PackedItem(byte[] bytes, @Nullable Object policy) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
        this.policy = policy;
    }

    /** Returns the bytes, which the caller leaves as they are. */
    public byte[] bytes() {
        return bytes;
    }

    public @Nullable Object policy() {
        return policy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedItem that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(PackedItem other) {
        return Arrays.compare(bytes, other.bytes);
    }
}
