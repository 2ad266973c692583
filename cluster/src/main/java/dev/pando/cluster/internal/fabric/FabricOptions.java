package dev.pando.cluster.internal.fabric;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a member finds the others. Immutable.
 *
 * @param name of this member
 * @param where how the others are found
 * @param bind the address to listen at; {@code null}: the one from which the others can be reached
 * @param port the port to listen at; 0: the first free one
 * @param keys the keys for TLS; {@code null}: none
 * @param joinTimeout how long to look for others before this member is alone
 * @param silence for how long a member may be silent before it counts as gone
 */
public record FabricOptions(
        String name,
        Discovery where,
        @Nullable String bind,
        int port,
        @Nullable Keys keys,
        Duration joinTimeout,
        Duration silence) {
    /** How long a member may be silent: longer than a full collection of a large heap. */
    public static final Duration SILENCE = Duration.ofSeconds(8);

    /** How long a member looks for others before it is alone. */
    public static final Duration JOIN_TIMEOUT = Duration.ofSeconds(1);

    /** A way to find the other members. */
    public sealed interface Discovery {}

    /**
     * Inside this JVM: no port is open.
     *
     * @param group a name that only the members know
     */
    public record Inside(String group) implements Discovery {}

    /**
     * By address.
     *
     * @param seeds some members, of which one must be there
     */
    public record Seeds(List<InetSocketAddress> seeds) implements Discovery {}

    /**
     * By IP multicast.
     *
     * @param group the address of the group
     */
    public record Multicast(InetSocketAddress group) implements Discovery {}

    /**
     * Key and certificate of this member, and the authorities it trusts.
     *
     * @param keyStore a PKCS 12 file
     * @param trustStore a PKCS 12 file
     * @param password of both
     */
    public record Keys(Path keyStore, Path trustStore, String password) {
        @Override
        public String toString() {
            return "Keys[" + keyStore + ", " + trustStore + "]"; // without the password
        }
    }

    /** Returns the same without a search: for the first member. */
    public FabricOptions named(String other) {
        return new FabricOptions(other, where, bind, port, keys, joinTimeout, silence);
    }
}
