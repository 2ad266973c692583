package dev.pando.internal.process;

import dev.pando.internal.process.handle.WorkerHandle;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.spi.WorkerFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is to know of the workers of a pool, with one look at the processes of this program for all of them. */
final class WorkerCensus {
    private final OperatingSystem os;

    /** The processes below each process of this program, by the number of the one that started them. */
    private final Map<Long, List<ProcessHandle>> children = new HashMap<>();

    private WorkerCensus(OperatingSystem os) {
        this.os = os;
    }

    static List<WorkerFacts> of(WorkerHandle[] workers, OperatingSystem os) {
        WorkerCensus census = new WorkerCensus(os);
        ProcessHandle.current()
                .descendants()
                .forEach(child -> child.parent()
                        .ifPresent(parent -> census.children
                                .computeIfAbsent(parent.pid(), _ -> new ArrayList<>())
                                .add(child)));
        List<WorkerFacts> all = new ArrayList<>(workers.length);
        for (WorkerHandle worker : workers) {
            all.add(census.facts(worker));
        }
        return all;
    }

    private WorkerFacts facts(WorkerHandle worker) {
        Process process = worker.process();
        long pid = process == null ? 0 : process.pid();
        return new WorkerFacts(
                worker.seat,
                worker.name,
                pid,
                worker.ageNanos(),
                worker.tasks(),
                cpuNanos(process),
                pid == 0 ? -1 : resident(pid));
    }

    private static long cpuNanos(@Nullable Process process) {
        Optional<Duration> used =
                process == null ? Optional.empty() : process.info().totalCpuDuration();
        return used.map(Duration::toNanos).orElse(-1L);
    }

    /** Returns the memory of a process and of those that it started; -1 if its own cannot be seen. */
    private long resident(long pid) {
        long own = os.resident(pid).orElse(-1);
        if (own < 0) {
            return -1;
        }
        long all = own;
        for (ProcessHandle child : children.getOrDefault(pid, List.of())) {
            all += Math.max(0, resident(child.pid()));
        }
        return all;
    }
}
