package dev.pando.internal.task;

import dev.pando.TaskInfo;
import dev.pando.spi.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes the {@link TaskInfo} of a cell: a look at one moment, while the task may go on. The clock of a pool knows no
 * date: each pool has an anchor, a moment read by both, so that times keep their order and do not change between two
 * looks.
 */
public final class TaskInfos {
    private static final Anchor BY_HAND = new Anchor(System.nanoTime());

    private static final TaskInfo.Bill UNMEASURED =
            new TaskInfo.Bill(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private TaskInfos() {}

    /** Returns the bill of an attempt that cost this. */
    static TaskInfo.Bill bill(Cost cost) {
        return new TaskInfo.Bill(
                cost.cpuNanos() < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(cost.cpuNanos())),
                measured(cost.allocatedBytes()),
                measured(cost.sentBytes()),
                measured(cost.receivedBytes()));
    }

    private static OptionalLong measured(long bytes) {
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** A moment, by a clock that only runs and by the calendar. */
    public record Anchor(long nanos, Instant instant) {
        public Anchor(long nanos) {
            this(nanos, Instant.now());
        }

        Instant at(long moment) {
            return instant.plusNanos(moment - nanos);
        }
    }

    static TaskInfo of(TaskCell<?> cell) {
        boolean ended = cell.isDone(); // before the seat is read: a task that has ended shows its worker
        WorkerSeat seat = cell.seat();
        TaskOwner pool = cell.options().pool();
        TaskNotes notes = cell.notes();
        Anchor anchor = pool == null ? BY_HAND : pool.anchor();
        return new TaskInfo(
                cell.id,
                cell.name(),
                Optional.ofNullable(seat == null ? null : seat.worker()),
                cell.attempts(),
                anchor.at(cell.queuedAt),
                seat == null ? Optional.empty() : Optional.of(anchor.at(cell.startedAt)),
                ended ? Optional.of(anchor.at(cell.finishedAt())) : Optional.empty(),
                notes == null || notes.bill() == null ? UNMEASURED : notes.bill(),
                Optional.ofNullable(notes == null ? null : notes.progress()));
    }
}
