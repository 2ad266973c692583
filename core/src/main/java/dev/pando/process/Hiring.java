package dev.pando.process;

import java.util.List;

/**
 * Whom a {@link Roster} has launched: one for each who came and found nobody, up to the width; spares; heirs for those who
 * are about to leave. What cannot be done now is owed. A part of the roster, and as pure.
 */
final class Hiring {
    final Storm storm = new Storm();
    private final Roster.Rules rules;
    private final Crew crew;
    private final List<Order> orders;
    private int ids;

    /** So many more would be hired, if that were not held back for now. */
    private int owed;

    /** All that there may be are always there. */
    boolean eager;

    Hiring(Roster.Rules rules, Crew crew, List<Order> orders) {
        this.rules = rules;
        this.crew = crew;
        this.orders = orders;
    }

    /** Somebody came, and nobody is about to look. */
    void owe() {
        owed++;
    }

    void forgive() {
        owed = 0;
    }

    boolean isOwed() {
        return owed > 0;
    }

    /** Launches who is missing, as far as that can be done now. */
    void fill(long now) {
        if (eager) owed = rules.width() - crew.active();
        hire(now);
        restock(now);
    }

    /** It looks at the line. */
    Member feed(Member worker) {
        worker.state = Member.State.LOOKING;
        worker.due = Roster.NEVER;
        orders.add(new Order.Feed(worker.id, 0));
        return worker;
    }

    /** It rested, and is at work from now on, as if it had looked and taken the task that it was woken for. */
    void give(Member worker, long graceNanos, long now) {
        worker.state = Member.State.BUSY;
        worker.mayStillLook = true;
        worker.tasks++;
        worker.due = Roster.NEVER;
        worker.began(worker.latestRun + 1, Roster.after(now, graceNanos));
        orders.add(new Order.Feed(worker.id, worker.latestRun));
    }

    private void hire(long now) {
        while (owed > 0 && crew.active() < rules.width() && recruit(now)) owed--;
        if (crew.active() == rules.width()) owed = 0; // each of them will look at the line
    }

    private boolean recruit(long now) {
        Member spare = crew.spare(Member.State.IDLE);
        if (spare == null) spare = crew.spare(Member.State.STARTING);
        if (spare == null) return launch(false, true, now);
        spare.spare = false;
        spare.promised = true;
        if (spare.state == Member.State.IDLE) feed(spare);
        return true;
    }

    /**
     * As many spares as there shall be, and one for each who runs what may be its last task; one at a time. Where there are
     * more, whom they were to follow has left: they take its place.
     */
    private void restock(long now) {
        int wanted = rules.spares() + crew.count(worker -> worker.isActive() && worker.isLast());
        int there = crew.spares();
        for (; there > wanted && crew.active() < rules.width(); there--) recruit(now);
        if (there < wanted && crew.spare(Member.State.STARTING) == null) launch(true, there >= rules.spares(), now);
    }

    /** {@code false}: not now. */
    private boolean launch(boolean spare, boolean soon, long now) {
        if (crew.alive() >= rules.most()) return false;
        if (storm.isHopeless() && crew.count(worker -> !worker.ready && worker.state != Member.State.DEAD) > 0) return false; // one at a time
        if (!storm.mayLaunch(now)) return false;
        int id = ++ids;
        Member fresh = new Member(id, spare, Roster.after(now, rules.startNanos()), limit(id));
        fresh.promised = !spare;
        crew.add(fresh);
        orders.add(new Order.Launch(id, soon));
        return true;
    }

    /**
     * The first generation is staggered, or all would leave at once, then and ever after. Its last worker leaves after half of
     * the tasks: the first half is not cut short, or starting workers would cost more than it should.
     */
    private int limit(int id) {
        int limit = rules.recycleAfter();
        int steps = 2 * rules.width();
        return id > rules.width() || limit < steps ? limit : limit - (id - 1) * (limit / steps);
    }

    @Override
    public String toString() {
        return owed > 0 ? owed + " owed, " : "";
    }
}
