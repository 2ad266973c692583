package dev.pando.cluster.internal.program;

import dev.pando.cluster.internal.fabric.FabricOptions.Discovery;
import dev.pando.cluster.internal.fabric.FabricOptions.Keys;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said of {@code Cluster}. Immutable.
 *
 * @param where how nodes are found; not looked at with {@code inside}
 * @param inside what the one node inside this program runs on; {@code null}: nodes are elsewhere
 * @param keys for TLS; {@code null}: none
 * @param joinTimeout how long a pool waits for a node
 * @param atMost how many tasks may be out at once
 * @param accepted which classes results may have, beside those of the task
 */
public record ClusterSettings(
        Discovery where,
        @Nullable Backend inside,
        @Nullable Keys keys,
        Duration joinTimeout,
        int atMost,
        List<String> accepted) {

    public ClusterSettings withKeys(Keys given) {
        return new ClusterSettings(where, inside, given, joinTimeout, atMost, accepted);
    }

    public ClusterSettings withJoinTimeout(Duration given) {
        return new ClusterSettings(where, inside, keys, given, atMost, accepted);
    }

    public ClusterSettings withAtMost(int given) {
        return new ClusterSettings(where, inside, keys, joinTimeout, given, accepted);
    }

    public ClusterSettings withAccepted(List<String> given) {
        return new ClusterSettings(where, inside, keys, joinTimeout, atMost, given);
    }
}
