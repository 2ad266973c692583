package dev.pando.internal.pool;

import dev.pando.NodeInfo;
import dev.pando.PoolBrokenException;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import dev.pando.PoolWatcher;
import dev.pando.SharedInfo;
import dev.pando.TaskInfo;
import dev.pando.TaskStack;
import dev.pando.TaskStack.Missing;
import dev.pando.WorkerInfo;
import dev.pando.WorkerInfo.Activity;
import dev.pando.internal.shared.SharedFacts;
import dev.pando.internal.shared.SharedTable;
import dev.pando.internal.task.FailureTable;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.util.Checks;
import dev.pando.spi.NodeEngine;
import dev.pando.spi.NodeFacts;
import dev.pando.spi.Seat;
import dev.pando.spi.VisibleEngine;
import dev.pando.spi.WorkerFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a tool sees of a pool. Without state: each answer is read where its truth is kept, while workers go on. */
public final class PoolInspector implements PoolView {
    private static final Comparator<TaskCell<?>> OLDEST_FIRST = Comparator.comparingLong(TaskCell::number);

    private final StatsReader stats;
    private final WorkerSeats seats;
    private final TaskQueue queue;
    private final @Nullable VisibleEngine visible;

    /** Typed so that a pool which no tool looks at does not load the interface. */
    static PoolView of(StatsReader reader) {
        return new PoolInspector(reader);
    }

    private PoolInspector(StatsReader stats) {
        this.stats = stats;
        this.seats = stats.seats();
        this.queue = stats.queue();
        this.visible = stats.engine() instanceof VisibleEngine eyes ? eyes : null;
    }

    @Override
    public PoolStats stats() {
        return stats.read();
    }

    @Override
    public @Nullable PoolBrokenException broken() {
        Throwable cause = stats.lifecycle().broken();
        return cause == null ? null : FailureTable.broken(stats.name(), cause);
    }

    @Override
    public int width() {
        return stats.engine().width();
    }

    @Override
    public int queueBound() {
        return stats.admission().bound();
    }

    @Override
    public List<WorkerInfo> workers(int most) {
        Checks.notNegative(most, "most");
        IdentityHashMap<Seat, WorkerFacts> known = new IdentityHashMap<>();
        List<WorkerInfo> found = new ArrayList<>();
        if (visible != null) {
            for (WorkerFacts facts : visible.workers()) {
                if (facts.seat() != null) {
                    known.put(facts.seat(), facts);
                } else if (found.size() < most) {
                    found.add(worker(facts.name(), Activity.STARTING, null, facts));
                }
            }
        }
        for (WorkerSeat seat : seats.all()) {
            if (found.size() >= most) {
                break;
            }
            TaskCell<?> task = seat.running;
            found.add(worker(seat.worker(), task == null ? Activity.IDLE : Activity.RUNNING, task, known.get(seat)));
        }
        return found;
    }

    private static WorkerInfo worker(
            String name, Activity activity, @Nullable TaskCell<?> task, @Nullable WorkerFacts facts) {
        Optional<TaskInfo> info = task == null ? Optional.empty() : Optional.of(task.info());
        if (facts == null) {
            return new WorkerInfo(
                    name,
                    activity,
                    info,
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalLong.empty());
        }
        return new WorkerInfo(
                name,
                activity,
                info,
                facts.pid() == 0 ? OptionalLong.empty() : OptionalLong.of(facts.pid()),
                Optional.of(Duration.ofNanos(facts.ageNanos())),
                OptionalInt.of(facts.tasks()),
                facts.cpuNanos() < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(facts.cpuNanos())),
                facts.residentBytes() < 0 ? OptionalLong.empty() : OptionalLong.of(facts.residentBytes()));
    }

    @Override
    public List<SharedInfo> shared(int most) {
        Checks.notNegative(most, "most");
        List<SharedInfo> found = new ArrayList<>();
        SharedTable table = PoolShares.found(stats.lifecycle());
        if (table != null) {
            for (SharedFacts facts : table.facts(most)) {
                String name = facts.kind() + "-" + facts.number();
                found.add(
                        new SharedInfo(facts.kind(), name, known(facts.size()), known(facts.bound()), facts.waiting()));
            }
        }
        for (VisibleActor actor : stats.lifecycle().actors()) {
            if (found.size() < most) {
                OptionalLong calls = OptionalLong.of(actor.waitingCalls());
                found.add(new SharedInfo("actor", actor.name(), calls, OptionalLong.empty(), 0));
            }
        }
        return found;
    }

    @Override
    public List<NodeInfo> nodes(int most) {
        Checks.notNegative(most, "most");
        if (!(stats.engine() instanceof NodeEngine cluster)) {
            return List.of();
        }
        return cluster.nodes().stream().limit(most).map(PoolInspector::node).toList();
    }

    private static NodeInfo node(NodeFacts facts) {
        return new NodeInfo(
                facts.name(),
                facts.isLeaving() ? NodeInfo.State.LEAVING : NodeInfo.State.OPEN,
                facts.workers(),
                facts.slots(),
                facts.tasks(),
                facts.running() < 0 ? OptionalInt.empty() : OptionalInt.of(facts.running()),
                facts.waiting() < 0 ? OptionalInt.empty() : OptionalInt.of(facts.waiting()),
                facts.version().isEmpty() ? Optional.empty() : Optional.of(facts.version()),
                facts.ageNanos() < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(facts.ageNanos())));
    }

    private static OptionalLong known(long number) {
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** A heap of the oldest, so that a hundred thousand virtual threads are not sorted for a hundred lines. */
    @Override
    public List<TaskInfo> running(int most) {
        Checks.notNegative(most, "most");
        PriorityQueue<TaskCell<?>> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());
        for (WorkerSeat seat : seats.all()) {
            TaskCell<?> task = seat.running;
            if (task == null || task.isDone()) {
                continue;
            }
            oldest.add(task);
            if (oldest.size() > most) {
                oldest.remove();
            }
        }
        List<TaskCell<?>> sorted = new ArrayList<>(oldest);
        sorted.sort(OLDEST_FIRST);
        return infos(sorted);
    }

    @Override
    public List<TaskInfo> waiting(int most) {
        return infos(queue.first(Checks.notNegative(most, "most")));
    }

    private static List<TaskInfo> infos(List<TaskCell<?>> tasks) {
        List<TaskInfo> infos = new ArrayList<>(tasks.size());
        for (TaskCell<?> task : tasks) {
            infos.add(task.info());
        }
        return infos;
    }

    @Override
    public TaskStack look(long task, Duration patience) {
        long nanos = Checks.notNegative(patience, "patience");
        WorkerSeat seat = seatOf(task);
        TaskCell<?> cell = seat == null ? null : seat.running;
        if (seat == null || cell == null) {
            return missing(Missing.NOT_RUNNING);
        }
        if (seat.thread == null) {
            return visible == null ? missing(Missing.NOT_SEEN) : asked(visible, cell, seat, nanos);
        }
        List<StackTraceElement> frames = List.of(seat.thread.getStackTrace());
        // or else a later task of the same thread would be shown as this one
        return seat.running == cell ? found(frames) : missing(Missing.NOT_RUNNING);
    }

    private static TaskStack asked(VisibleEngine engine, TaskCell<?> cell, WorkerSeat seat, long nanos) {
        AtomicReference<List<StackTraceElement>> answer = new AtomicReference<>(List.of());
        CountDownLatch answered = new CountDownLatch(1);
        engine.look(cell, cell.attempts(), seat, frames -> {
            answer.set(frames);
            answered.countDown();
        });
        boolean came = false;
        try {
            came = answered.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return came || cell.isDone() ? found(answer.get()) : missing(Missing.NO_ANSWER);
    }

    private static TaskStack found(List<StackTraceElement> stack) {
        List<StackTraceElement> frames = FailureTable.ofTheTask(stack);
        return frames.isEmpty() ? missing(Missing.NOT_RUNNING) : new TaskStack(frames, Optional.empty());
    }

    private static TaskStack missing(Missing why) {
        return new TaskStack(List.of(), Optional.of(why));
    }

    private @Nullable WorkerSeat seatOf(long task) {
        for (WorkerSeat seat : seats.all()) {
            TaskCell<?> cell = seat.running;
            if (cell != null && !cell.isDone() && cell.number() == task) {
                return seat;
            }
        }
        return null;
    }

    @Override
    public boolean cancel(long task) {
        WorkerSeat seat = seatOf(task);
        TaskCell<?> cell = seat == null ? queue.find(task) : seat.running;
        return cell != null && cell.number() == task && cell.cancel(true);
    }

    @Override
    public Watch watch(PoolWatcher watcher) {
        stats.events().add(Checks.present(watcher, "watcher"));
        return () -> stats.events().remove(watcher);
    }
}
