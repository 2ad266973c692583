package dev.pando.process;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The workers of a {@link Roster}, from the order to launch one until it is buried, and who of them rests. */
@CheckReturnValue
final class Crew implements Iterable<Member> {
    private final Map<Integer, Member> members = new LinkedHashMap<>();

    /** Who rests and is no spare, the last used first: its caches are warm, and the others may go home. */
    private final ArrayDeque<Member> idle = new ArrayDeque<>();

    void add(Member member) {
        members.put(member.id, member);
    }

    void remove(int id) {
        members.remove(id);
    }

    @Nullable Member get(int id) {
        return members.get(id);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** As they are now: whoever goes through them may change them. */
    @Override
    public Iterator<Member> iterator() {
        return List.copyOf(members.values()).iterator();
    }

    void rests(Member member) {
        idle.push(member);
    }

    void restsNoMore(Member member) {
        idle.remove(member);
    }

    /** Who rested for the shortest time, and now no longer does. */
    @Nullable Member wake() {
        return idle.poll();
    }

    @Nullable Member spare(Member.State state) {
        for (Member member : members.values()) if (member.isSpare(state)) return member;
        return null;
    }

    boolean isAnybodyIdle() {
        return !idle.isEmpty();
    }

    /** Whether somebody will look at the line without having to be told. */
    boolean isAnybodyComing() {
        return count(member -> !member.spare
                && (member.state == Member.State.STARTING || member.state == Member.State.LOOKING || member.settling || member.mayStillLook)) > 0;
    }

    @Nullable Member freeSoon() {
        for (Member member : members.values()) if (member.isFreeSoon()) return member;
        return null;
    }

    /** One who rests and holds too much memory. */
    @Nullable Member worn() {
        for (Member member : idle) if (member.worn) return member;
        return null;
    }

    int active() {
        return count(Member::isActive);
    }

    int count(Predicate<Member> which) {
        int count = 0;
        for (Member member : members.values()) if (which.test(member)) count++;
        return count;
    }

    /** Those that are ready to take a place, or will be. */
    int spares() {
        return count(member -> member.isSpare(Member.State.IDLE) || member.isSpare(Member.State.STARTING));
    }

    /** How many processes there are. */
    int alive() {
        return count(member -> member.state != Member.State.DEAD);
    }

    /** When the first of all their patience is over. */
    long due() {
        long due = Roster.NEVER;
        for (Member member : members.values()) due = Math.min(due, member.due);
        return due;
    }

    /** Throws if anything contradicts itself. */
    void check(Roster.Rules rules, boolean over) {
        for (Member member : members.values()) {
            boolean rests = member.state == Member.State.IDLE && !member.spare;
            require(idle.contains(member) == rests, "who rests is listed, and nobody else");
            require(member.state != Member.State.BUSY || member.limit == 0 || member.tasks <= member.limit, "too many tasks");
            require(!member.mayStillLook || member.state == Member.State.BUSY, "about to look, and not at work");
            require(!(member.spare && member.isAtWork()), "a spare at work");
            require(!over || member.state != Member.State.IDLE, "somebody rests although it is over");
        }
        require(active() <= rules.width(), "more at work than wide");
        require(spares() <= rules.spares() + rules.width(), "too many spares");
        require(alive() <= rules.most(), "too many processes");
    }

    private void require(boolean condition, String what) {
        if (!condition) throw new IllegalStateException(what + ": " + this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Member member : members.values()) {
            text.append(member.id).append(member.spare ? " spare " : member.released ? " released " : " ").append(member.state).append(", ");
        }
        return text.toString();
    }
}
