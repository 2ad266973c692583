package dev.pando.cluster.internal.fabric;

import org.jgroups.util.UUID;

/**
 * The name of a member in the protocols. Of members that start in one moment the engine lets the first in the order of
 * these names found the group, of those that each of them knows. All know the member at the seed, and perhaps none of
 * the others: so a member at a seed comes before all others, or else some wait for a founder that never will be one.
 */
final class MemberAddress {
    private MemberAddress() {}

    static UUID create(boolean atSeed) {
        UUID random = UUID.randomUUID();
        long rank = atSeed ? Long.MIN_VALUE : 0; // the engine compares signed numbers
        return new UUID((random.getMostSignificantBits() & Long.MAX_VALUE) | rank, random.getLeastSignificantBits());
    }
}
