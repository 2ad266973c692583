package dev.pando.cluster.internal.fabric;

import dev.pando.cluster.internal.fabric.FabricOptions.Inside;
import dev.pando.cluster.internal.fabric.FabricOptions.Multicast;
import dev.pando.cluster.internal.fabric.FabricOptions.Seeds;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.NameCache;

/** The fabric on JGroups: one channel. With {@link EngineLog} and {@link ProtocolStackPlan} all that knows JGroups. */
public final class GroupsFabric implements NodeFabric {
    private static final String GROUP = "pando";
    private static final System.Logger LOGGER = System.getLogger("dev.pando.cluster");

    /** Of two nodes that start in one moment both may find the same port free. */
    private static final int PORT_TRIES = 5;

    private final JChannel channel;
    private final FabricOptions options;
    private final Listener listener;
    private final String at;

    private GroupsFabric(JChannel channel, FabricOptions options, Listener listener, String at) {
        this.channel = channel;
        this.options = options;
        this.listener = listener;
        this.at = at;
    }

    /**
     * Joins, or is the first member if no other answers. The listener is told of the members before this returns.
     *
     * @param first whether this member may listen at an address that others look for
     * @throws FabricException the port is taken, a key file cannot be read, a host is unknown
     */
    public static GroupsFabric join(FabricOptions options, boolean first, Listener listener) throws FabricException {
        EngineLog.install();
        for (int tries = 1; ; tries++) {
            ProtocolStackPlan plan = ProtocolStackPlan.of(options, first);
            try {
                return connected(plan, options, listener);
            } catch (Exception e) { // the engine's own constructors and connect declare no less
                if (options.port() != 0 || tries == PORT_TRIES || !isTaken(e)) {
                    throw new FabricException(
                            "cannot join a cluster from " + plan.at().text() + ": " + reason(e), e);
                }
            }
        }
    }

    private static GroupsFabric connected(ProtocolStackPlan plan, FabricOptions options, Listener listener)
            throws Exception {
        JChannel channel = new JChannel(plan.protocols());
        try {
            channel.setName(options.name());
            channel.addAddressGenerator(() -> MemberAddress.create(plan.at().isSeed()));
            GroupsFabric fabric =
                    new GroupsFabric(channel, options, listener, plan.at().text());
            channel.setReceiver(fabric.new Events());
            channel.connect(options.where() instanceof Inside inside ? inside.group() : GROUP);
            return fabric;
        } catch (Exception e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isTaken(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static String reason(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage() == null ? first : first.getMessage());
    }

    private final class Events implements Receiver {
        @Override
        public void viewAccepted(View view) {
            List<FabricMember> now = new ArrayList<>();
            for (Address member : view.getMembersRaw()) {
                now.add(member(member));
            }
            listener.members(now);
        }

        @Override
        public void receive(Message message) {
            FabricMember from = member(message.getSrc());
            deliver(from, message);
            listener.rests(from);
        }

        @Override
        public void receive(MessageBatch batch) {
            FabricMember from = member(batch.sender());
            for (Message message : batch) {
                deliver(from, message);
            }
            listener.rests(from);
        }

        private void deliver(FabricMember sender, Message message) {
            byte[] bytes = message.getArray();
            int from = message.getOffset();
            int length = message.getLength();
            byte[] whole = from == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + length);
            try {
                listener.received(sender, whole);
            } catch (RuntimeException | Error e) { // the engine would drop it without a word
                LOGGER.log(Level.WARNING, "a message of " + sender + " could not be handled: " + e, e);
            }
        }
    }

    private FabricMember member(Address address) {
        String name = NameCache.get(address);
        return new FabricMember(address, name == null ? address.toString() : name);
    }

    @Override
    public void send(FabricMember to, byte[] message) throws FabricException {
        try {
            channel.send(new BytesMessage((Address) to.address(), message));
        } catch (Exception e) { // declared by the engine, for any cause
            throw new FabricException("cannot send to " + to + ": " + reason(e), e);
        }
    }

    @Override
    public FabricMember self() {
        return member(channel.getAddress());
    }

    @Override
    public String listensAt() {
        return at;
    }

    @Override
    public String tried() {
        return switch (options.where()) {
            case Inside _ -> "inside this program";
            case Multicast(InetSocketAddress group) -> "the multicast group " + text(group) + " from " + at;
            case Seeds(List<InetSocketAddress> seeds) -> {
                List<String> each = new ArrayList<>();
                for (InetSocketAddress seed : seeds) {
                    each.add(text(seed) + (FreePort.answers(seed) ? " (something listens there)" : " (no answer)"));
                }
                yield String.join(", ", each) + ", from " + at;
            }
        };
    }

    static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    @Override
    public void close() {
        channel.close();
    }
}
