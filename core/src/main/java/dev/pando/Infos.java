package dev.pando;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@link TaskInfo} of a cell: a look at one moment, while the task may go on. The clock of a pool knows no date:
 * each pool has an anchor, a moment read by both, so that times keep their order and do not change between two looks.
 */
final class Infos {
    private static final Anchor BY_HAND = new Anchor(System.nanoTime());

    private Infos() {}

    /** One moment, by a clock that only runs and by the calendar. */
    record Anchor(long nanos, Instant instant) {
        Anchor(long nanos) {
            this(nanos, Instant.now());
        }

        Instant at(long moment) {
            return instant.plusNanos(moment - nanos);
        }
    }

    static TaskInfo of(TaskCell<?> cell, long id, @Nullable Object extra) {
        boolean ended = cell.isDone(); // before the seat is read: a task that has ended shows who ran it
        PoolSeat seat = cell.seat();
        TaskOwner pool = cell.terms().pool();
        Anchor anchor = pool == null ? BY_HAND : pool.anchor();
        return new TaskInfo(
                id,
                cell.name(),
                Optional.ofNullable(seat == null ? null : seat.worker()),
                cell.attempts(),
                anchor.at(cell.queuedAt),
                seat == null ? Optional.empty() : Optional.of(anchor.at(cell.startedAt)),
                ended ? Optional.of(anchor.at(cell.finishedAt())) : Optional.empty(),
                extra instanceof TaskInfo.Bill bill ? bill : TaskInfo.Bill.UNKNOWN);
    }
}
