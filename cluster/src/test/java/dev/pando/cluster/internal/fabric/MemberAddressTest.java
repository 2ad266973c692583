package dev.pando.cluster.internal.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

class MemberAddressTest {
    @Test
    void aMemberAtASeedComesBeforeAllOthersAndNoTwoAreEqual() {
        Set<UUID> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            UUID seed = MemberAddress.create(true);
            UUID other = MemberAddress.create(false);
            assertThat(seed.compareTo(other)).isNegative();
            assertThat(all.add(seed) && all.add(other)).isTrue();
        }
    }
}
