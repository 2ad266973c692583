package dev.pando.cluster.internal.fabric;

import org.jspecify.annotations.Nullable;

/**
 * One member of a fabric: a node or a program. The address is the engine's, and never used twice.
 *
 * @param address what the engine knows the member by
 * @param name for messages
 */
public record FabricMember(Object address, String name) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FabricMember that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
