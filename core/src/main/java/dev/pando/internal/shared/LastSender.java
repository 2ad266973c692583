package dev.pando.internal.shared;

import org.jspecify.annotations.Nullable;

/** Which task sent last through one way of a pipe, and its death. Guarded by the lock of the table. */
final class LastSender {
    private final Runnable whenDead;
    private @Nullable Sender sender;

    /** How the worker of the sender died, if no taker was told yet. */
    private @Nullable String death;

    /** The queue takes nothing more, and its takers learn that instead. */
    private boolean isOver;

    private final class Sender extends OwnerHolding {
        Sender(CallOwner owner) {
            super(owner);
        }

        @Override
        void abandon(String how, boolean died) {
            sender = null;
            if (died && !isOver) {
                death = owner + ", which sent last at the other end, " + how;
                whenDead.run();
            }
        }
    }

    /** @param whenDead called when there is a death to tell */
    LastSender(Runnable whenDead) {
        this.whenDead = whenDead;
    }

    /** This task has sent; or a thread that runs none, which cannot die alone. */
    void note(CallOwner owner) {
        death = null;
        forget();
        if (owner.run() != 0) {
            sender = new Sender(owner);
            sender.enter();
        }
    }

    /** Returns whether this task has sent last. */
    boolean is(CallOwner owner) {
        return sender != null && sender.owner.book() == owner.book() && sender.owner.run() == owner.run();
    }

    boolean hasDied() {
        return death != null;
    }

    /** Returns how it died, once. It has. */
    String tell() {
        String told = String.valueOf(death);
        death = null;
        return told;
    }

    /** No death is told from here on. */
    void end() {
        isOver = true;
        death = null;
    }

    void forget() {
        if (sender != null) {
            sender.leave();
            sender = null;
        }
    }
}
