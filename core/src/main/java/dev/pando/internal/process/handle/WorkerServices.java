package dev.pando.internal.process.handle;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.classes.ClassServer;
import dev.pando.internal.process.classes.SeenLambdas;
import dev.pando.internal.process.launch.WorkerLauncher;
import dev.pando.internal.process.memory.Lender;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.output.LineSink;
import dev.pando.internal.shared.SharedTable;
import dev.pando.spi.Host;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.RecordingPlan;
import dev.pando.spi.Timer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of the workers of one pool use, the same for all of them.
 *
 * @param codec packs what goes to any worker; each handle unpacks with a codec of its own
 * @param memory the shared memory of this program, which is loaded at the first call
 * @param initializer what each worker runs before its first task; {@code null}: nothing
 * @param prefetches whether a worker may be sent tasks ahead of their turn
 * @param recycleAbove bytes beyond which a worker leaves after its task; 0: no limit
 * @param keepsChildren whether the processes that a task started go on when the task is stopped
 * @param recording what workers record; nothing in it while the pool is not recorded
 * @param shared what the tasks of the pool share; nothing in it until the pool is asked for that
 */
public record WorkerServices(
        Host host,
        OperatingSystem os,
        Timer timer,
        Codec codec,
        ClassServer classes,
        SeenLambdas lambdas,
        WorkerLauncher launcher,
        LineSink output,
        Supplier<Lender> memory,
        @Nullable TaskPayload initializer,
        int width,
        boolean prefetches,
        long recycleAbove,
        boolean keepsChildren,
        AtomicReference<@Nullable RecordingPlan> recording,
        AtomicReference<@Nullable SharedTable> shared) {

    /** Returns how many tasks of the queue may be sent to workers ahead of their turn. */
    int mayGoAhead() {
        return host instanceof PrefetchingHost prefetching ? prefetching.mayGoAhead() : 0;
    }
}
