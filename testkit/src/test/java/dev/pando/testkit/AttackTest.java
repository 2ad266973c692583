package dev.pando.testkit;

import dev.pando.process.Processes;

/** The attacks, on workers with nothing set but what makes them start fast. */
class AttackTest extends AttackContract {

    @Override
    protected Processes workers(int count) {
        return Processes.of(count).jvmArgs(WorkerFixture.BRIEF);
    }
}
