package dev.pando.process;

/** One worker, as the {@link Roster} sees it. Only the roster reads and writes it. */
final class Member {

    enum State {
        STARTING,
        LOOKING,
        IDLE,
        BUSY,
        LEAVING,
        DYING,
        DEAD
    }

    final int id;
    State state = State.STARTING;
    boolean spare;
    boolean ready;
    int tasks;
    int limit;
    /** What it was given last, and what of that was told to stop. Numbers, because the news may overtake each other. */
    int run;
    int stopped;
    /** What it is known to have gone on from. */
    int over;
    /** It holds too much memory: it leaves as soon as somebody can take its place. */
    boolean worn;
    /** It holds far too much: it leaves after its task, whoever is there. */
    boolean spent;
    /** It has answered, and looks for the next as soon as that is settled. */
    boolean settling;
    /** It was at work from the moment at which it was woken for a task: it may not have looked at the line yet. */
    boolean mayStillLook;
    /** Somebody came who counts on its looking. */
    boolean promised;
    /** It was killed because there was nothing to do for it: that it never got ready is not its fault. */
    boolean unwanted;
    /** It was told to leave, and its place is free. */
    boolean released;
    /** It said that it leaves by itself. */
    boolean departing;
    /** When its patience, or ours with it, is over. */
    long due = Roster.NEVER;

    Member(int id, boolean spare, long due, int limit) {
        this.id = id;
        this.spare = spare;
        this.due = due;
        this.limit = limit;
    }

    /** Whether it takes one of the places. One that is killed does until it is dead, whatever it still holds. */
    boolean isActive() {
        return !spare && !released && state != State.DEAD;
    }

    /** Whether it is about to look at the line, for nobody in particular. */
    boolean isFreeSoon() {
        return (state == State.LOOKING || settling) && !promised && !departing && !isLast();
    }

    boolean isSpare(State in) {
        return spare && state == in;
    }

    boolean isAtWork() {
        return state == State.LOOKING || state == State.BUSY;
    }

    boolean isLast() {
        return worn || (limit > 0 && tasks >= limit);
    }
}
