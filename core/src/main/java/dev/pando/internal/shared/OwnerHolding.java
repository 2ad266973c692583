package dev.pando.internal.shared;

/** Something of a construct that a task has: a lock, permits, an item on loan. Guarded by the lock of the table. */
abstract class OwnerHolding {
    final CallOwner owner;

    OwnerHolding(CallOwner owner) {
        this.owner = owner;
    }

    /** Notes that the owner has it. */
    final void enter() {
        owner.book().holdings.add(this);
    }

    /** The owner has it no longer. */
    final void leave() {
        owner.book().holdings.remove(this);
    }

    /**
     * The task of the owner has ended with it, or its worker died.
     *
     * @param how the end, as the end of a sentence about the task
     */
    abstract void abandon(String how, boolean died);
}
