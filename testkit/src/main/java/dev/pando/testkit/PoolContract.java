package dev.pando.testkit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything that a pool promises, whatever its workers. Extend this class and implement {@link #workers}; the tests
 * are inherited, and {@link Subject} has the questions about the backend to answer.
 *
 * <p>The tests stand in interfaces, one for each theme, and name the {@link Scenario} that they show.
 */
@Timeout(60)
public abstract class PoolContract
        implements Subject,
                FutureContract,
                ThrownContract,
                CallbackContract,
                CancelContract,
                InfoContract,
                WaitContract,
                WaitRaceContract,
                AsCompletedContract,
                GatherContract,
                StageContract,
                ReleaseContract,
                SubmitContract,
                MapContract,
                MappingContract,
                StoppedMapContract,
                BoundContract,
                ExecutorServiceContract,
                ShutdownContract,
                DeadlockContract,
                ContextContract,
                GroupContract,
                TimeoutContract,
                ListenerContract,
                ViewContract,
                MisuseContract,
                SendingContract,
                SharedQueueContract,
                SharedLockContract,
                SharedDataContract,
                SharedMisuseContract,
                WorkerContract,
                SubtaskContract,
                StreamContract,
                ActorContract {

    @RegisterExtension
    final Pools pools = new Pools();

    @Override
    public final Pools pools() {
        return pools;
    }
}
