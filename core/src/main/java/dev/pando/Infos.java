package dev.pando;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the {@link TaskInfo} of a cell: a look at one moment, while the task may go on. */
final class Infos {

    private Infos() {}

    static TaskInfo of(TaskCell<?> cell, long id, @Nullable Object extra) {
        PoolSeat seat = cell.seat();
        boolean ended = cell.isDone();
        return new TaskInfo(
                id,
                cell.name(),
                Optional.ofNullable(seat == null ? null : seat.worker()),
                cell.attempts(),
                instant(cell, cell.queuedAt),
                seat == null ? Optional.empty() : Optional.of(instant(cell, cell.startedAt)),
                ended ? Optional.of(instant(cell, cell.finishedAt)) : Optional.empty(),
                extra instanceof TaskInfo.Bill bill ? bill : TaskInfo.Bill.UNKNOWN);
    }

    /** Told from this moment backwards: a task's times are read by a clock that knows no date. */
    private static Instant instant(TaskCell<?> cell, long nanos) {
        PoolCore pool = cell.terms().pool();
        long now = pool == null ? System.nanoTime() : pool.clock();
        return Instant.now().minusNanos(now - nanos);
    }
}
