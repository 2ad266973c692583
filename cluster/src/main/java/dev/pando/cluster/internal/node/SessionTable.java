package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.link.LetterOutbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The programs of a node, each with its present session. Any thread may use it; what it drops the caller closes. */
final class SessionTable {
    @GuardedBy("this")
    private final Map<FabricMember, Acquaintance> sessions = new HashMap<>();

    /** Sessions whose programs are gone, and whose workers may still be ending. */
    @GuardedBy("this")
    private final List<ProgramSession> ending = new ArrayList<>();

    /** A program, and the number of the session that it has now. */
    private record Acquaintance(long number, LetterOutbox outbox, ProgramSession session) {}

    /** A letter came from this member, so it reads. */
    synchronized void heard(FabricMember from) {
        Acquaintance known = sessions.get(from);
        if (known != null) {
            known.outbox.heard();
        }
    }

    /** Returns the session of this program; null if it has none. */
    synchronized @Nullable ProgramSession of(FabricMember program) {
        Acquaintance known = sessions.get(program);
        return known == null ? null : known.session;
    }

    /** Returns the session of this number; null if the member has another, or none. */
    synchronized @Nullable ProgramSession find(FabricMember program, long number) {
        Acquaintance known = sessions.get(program);
        return known == null || known.number != number ? null : known.session;
    }

    /** Returns the session that the program had until now, which the caller closes; null if there was none. */
    synchronized @Nullable ProgramSession put(
            FabricMember program, long number, LetterOutbox outbox, ProgramSession session) {
        Acquaintance earlier = sessions.put(program, new Acquaintance(number, outbox, session));
        return earlier == null ? null : removed(earlier);
    }

    /** As {@link #find}; the session is over, and the caller closes it. */
    synchronized @Nullable ProgramSession remove(FabricMember program, long number) {
        Acquaintance known = sessions.get(program);
        if (known == null || known.number != number) {
            return null;
        }
        sessions.remove(program);
        return removed(known);
    }

    /** Keeps the programs that are there. Returns the sessions of all others, which the caller closes. */
    synchronized List<ProgramSession> keep(Set<FabricMember> there) {
        List<ProgramSession> gone = new ArrayList<>();
        Iterator<Map.Entry<FabricMember, Acquaintance>> each =
                sessions.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<FabricMember, Acquaintance> entry = each.next();
            if (!there.contains(entry.getKey())) {
                each.remove();
                gone.add(removed(entry.getValue()));
            }
        }
        return gone;
    }

    @GuardedBy("this")
    private ProgramSession removed(Acquaintance known) {
        ending.removeIf(ProgramSession::hasEnded);
        ending.add(known.session);
        notifyAll();
        return known.session;
    }

    synchronized List<ProgramSession> all() {
        return sessions.values().stream().map(Acquaintance::session).toList();
    }

    /** Returns sessions that are not in the table any more, and may still have workers. */
    synchronized List<ProgramSession> ending() {
        return List.copyOf(ending);
    }

    /**
     * Waits until every program is gone, and no longer than to this moment of {@code System.nanoTime}; for programs
     * that have no task here it waits so many nanoseconds longer. Returns those that are left then.
     */
    synchronized List<String> awaitGoodbyes(long deadline, long longer) throws InterruptedException {
        while (!sessions.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                boolean busy = all().stream().noneMatch(ProgramSession::isIdle);
                left += longer;
                if (busy || left <= 0) {
                    break;
                }
            }
            wait(left / 1_000_000 + 1);
        }
        return all().stream().map(ProgramSession::name).toList();
    }
}
