package dev.pando.loop;

/** Something that happens: coroutines of one loop wait until it has. It may be made not to have happened, for the next time. */
public final class Event {
    private final Shared loop = new Shared();
    private final WaitLine<Event> line = new WaitLine<>();
    private boolean happened;

    public Event() {}

    /** It has happened: everybody who waits goes on, and nobody waits any more. */
    public void set() {
        loop.caller("Event.set");
        happened = true;
        line.serveAll();
    }

    /** It has not happened yet. */
    public void clear() {
        loop.caller("Event.clear");
        happened = false;
    }

    public boolean isSet() {
        return happened;
    }

    /** Waits until it has happened. */
    public void await() {
        Coroutine me = loop.atVerb("Event.await");
        if (!happened) line.stand(me, null, this);
    }

    @Override
    public String toString() {
        return happened ? "Event[set]" : "Event[not set]";
    }
}
