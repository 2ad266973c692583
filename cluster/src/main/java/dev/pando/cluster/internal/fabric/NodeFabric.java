package dev.pando.cluster.internal.fabric;

import java.util.List;

/**
 * What an engine for clusters must do, and all that it does for us: it knows which members there are, notices which is
 * gone, and carries bytes to one of them. To cancel is a message like another. Discovery, failure detection and TLS are
 * behind it.
 *
 * <p>Threads: any thread may call any method.
 */
public interface NodeFabric extends AutoCloseable {

    /** Told what happens, by threads of the fabric: events of one member come in order, one at a time. */
    interface Listener {

        /** The members there are now, this one included, in an order that all members agree on. */
        void members(List<FabricMember> now);

        /** Bytes came. The receiver may keep the array. */
        void received(FabricMember from, byte[] message);

        /** No more has come from this member for now: what several messages ask for can be done at once. */
        default void rests(FabricMember from) {}
    }

    /**
     * Sends bytes to one member, in order after what was sent to it before. May wait while that member does not read;
     * what is sent to a member that is gone is lost.
     *
     * @throws FabricException the fabric is closed, or cannot send
     */
    void send(FabricMember to, byte[] message) throws FabricException;

    /** Returns this member. */
    FabricMember self();

    /** Returns where this member listens. */
    String listensAt();

    /** Returns in words where this member listens and which addresses it asked: for messages. */
    String tried();

    /** Leaves. The other members are told. */
    @Override
    void close();
}
