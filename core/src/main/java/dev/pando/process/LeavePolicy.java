package dev.pando.process;

import java.util.List;

/** Which worker leaves, and how: sent home at rest, relieved by a spare, or killed. A part of the {@link Roster}, and as pure. */
final class LeavePolicy {
    private final Roster.Rules rules;
    private final Crew crew;
    private final Hiring hiring;
    private final List<Order> orders;

    LeavePolicy(Roster.Rules rules, Crew crew, Hiring hiring, List<Order> orders) {
        this.rules = rules;
        this.crew = crew;
        this.hiring = hiring;
        this.orders = orders;
    }

    /** Returns whether a worker that has answered goes home, instead of looking at the line. */
    boolean leavesAfterTask(Member worker) {
        boolean relieved = worker.worn && crew.spare(Member.State.IDLE) != null;
        return worker.departing || relieved || worker.spent || (worker.limit > 0 && worker.tasks >= worker.limit);
    }

    /** @param open whether tasks are still taken from the line */
    void release(Member worker, boolean open, long now) {
        crew.restsNoMore(worker);
        if (worker.promised && worker.isAtWork() && open) hiring.owe(); // another worker has to look
        worker.released = true;
        worker.state = Member.State.LEAVING;
        worker.due = Roster.after(now, rules.leaveNanos());
        orders.add(new Order.Release(worker.id));
    }

    /** A worker at rest that holds too much memory goes home where a spare can take its place. */
    void relieve(boolean open, long now) {
        Member worn = crew.worn();
        if (worn != null && crew.spare(Member.State.IDLE) != null) release(worn, open, now);
    }

    void kill(Member worker, String why) {
        if (worker.state == Member.State.DYING || worker.state == Member.State.DEAD) return;
        crew.restsNoMore(worker);
        worker.mayStillLook = false;
        worker.due = Roster.NEVER;
        worker.state = Member.State.DYING;
        orders.add(new Order.Kill(worker.id, why));
    }

    /** Kills a worker that is starting and that no task needs: its end is no failed start. */
    void killUnwanted(Member worker) {
        worker.unwanted = true;
        kill(worker, "there is nothing to do for it any more");
    }

    /** Kills or sends home a worker whose time is up. */
    void timeIsUp(Member worker, boolean open, long now) {
        switch (worker.state) {
            case STARTING -> kill(worker, "it was not ready within " + millis(rules.startNanos()));
            case IDLE -> release(worker, open, now);
            case BUSY -> kill(worker, worker.departing
                    ? "it called System.exit, and did not come to an end of it within " + millis(rules.leaveNanos())
                    : "it did not give up its task within " + millis(rules.graceNanos()));
            case LEAVING -> kill(worker, "it did not go home within " + millis(rules.leaveNanos()));
            case LOOKING, DYING, DEAD -> {}
        }
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }
}
