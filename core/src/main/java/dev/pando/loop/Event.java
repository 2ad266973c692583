package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.WaitQueue;

/** A flag between coroutines of one loop, which wait until it is set. It may be cleared, for the next time. */
public final class Event {
    private final LoopBound loop = new LoopBound();
    private final WaitQueue<Event> line = new WaitQueue<>();
    private boolean happened;

    /** Makes an event that is not set. */
    public Event() {}

    /** Sets the flag: all coroutines that wait go on, and {@link #await} returns at once from now on. */
    public void set() {
        loop.caller("Event.set");
        happened = true;
        line.serveAll();
    }

    /** Clears the flag: {@link #await} waits again. */
    public void clear() {
        loop.caller("Event.clear");
        happened = false;
    }

    /** Returns whether the flag is set. */
    public boolean isSet() {
        return happened;
    }

    /** Waits until the flag is set. */
    public void await() {
        Coroutine me = loop.atVerb("Event.await");
        if (!happened) {
            line.stand(me, null, this);
        }
    }

    @Override
    public String toString() {
        return happened ? "Event[set]" : "Event[not set]";
    }
}
