package dev.pando.testkit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything that a pool promises, whatever its workers. Extend it and say which backend; the tests come along.
 *
 * <p>The tests stand in interfaces, one for each theme, and name the scenario of {@code docs/contract.md} that they show.
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
                MisuseContract,
                SendingContract {

    @RegisterExtension
    final Pools pools = new Pools();

    @Override
    public final Pools pools() {
        return pools;
    }
}
