package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Tag("processes")
class ProcessTreeTest {
    private static final String SLEEP_AND_TELL = "sleep 300 & echo $! >&4; ";

    private final TestProcesses testProcesses = new TestProcesses();

    @TempDir
    private File folder;

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    private ProcessTree of(Process worker) {
        return OperatingSystem.here().family(worker.pid(), testProcesses.mark);
    }

    @Test
    void endsTheWorkerAndItsChildren() throws Exception {
        Process worker = testProcesses.shell(SLEEP_AND_TELL + "exec sleep 300");
        long child = testProcesses.pid(worker.inputReader());

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(TestProcesses.lives(child)).isFalse();
        assertThat(worker.waitFor()).isEqualTo(137);
        assertThat(of(worker).end()).as("processes ended by a second call").isZero();
    }

    @Test
    void findsTheChildrenOfAWorkerThatDiedFirst() throws Exception {
        Process worker = testProcesses.shell(SLEEP_AND_TELL + "read line <&3; kill -SEGV $$");
        ProcessTree tree = of(worker);
        long child = testProcesses.pid(worker.inputReader());
        worker.getOutputStream().close();
        assertThat(worker.waitFor()).isEqualTo(139);
        assertThat(TestProcesses.lives(child)).isTrue();

        assertThat(tree.end()).isEqualTo(1);

        assertThat(TestProcesses.lives(child)).isFalse();
    }

    @Test
    void findsByTheMarkWhoLeftTheSession() throws Exception {
        Process worker = testProcesses.shell(
                "setsid sh -c 'echo $$ >&4; sleep 300 & echo $! >&4; exec sleep 300' & read line <&3");
        ProcessTree tree = of(worker);
        BufferedReader told = worker.inputReader();
        long away = testProcesses.pid(told);
        long awayToo = testProcesses.pid(told);
        assertThat(ProcFs.stat(away).session()).isEqualTo(away);
        worker.getOutputStream().close();
        worker.waitFor();

        assertThat(tree.end()).isEqualTo(2);

        assertThat(TestProcesses.lives(away)).isFalse();
        assertThat(TestProcesses.lives(awayToo)).isFalse();
    }

    @Test
    void findsByTheMarkWhoseNumberIsNotKnown() throws Exception {
        Process worker = testProcesses.shell(SLEEP_AND_TELL + "exec sleep 300");
        long child = testProcesses.pid(worker.inputReader());
        ProcessTree tree = OperatingSystem.here().family(-1, testProcesses.mark);

        assertThat(tree.end()).isEqualTo(2);

        assertThat(TestProcesses.lives(child)).isFalse();
        assertThat(worker.waitFor()).isEqualTo(137);
        assertThat(OperatingSystem.here().family(-1, "a mark of none").end()).isZero();
    }

    @Test
    void findsInTheSessionWhoDroppedTheMark() throws Exception {
        Process worker = testProcesses.shell("env -i /bin/sh -c 'echo $$ >&4; exec sleep 300' & exec sleep 300");
        long child = testProcesses.pid(worker.inputReader());

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(TestProcesses.lives(child)).isFalse();
    }

    @Test
    void endsWhoIsStopped() throws Exception {
        Process worker = testProcesses.shell(SLEEP_AND_TELL + "kill -STOP $!; kill -STOP $$; exec sleep 300");
        long child = testProcesses.pid(worker.inputReader());
        while (ProcFs.stat(child).state() != 'T' || ProcFs.stat(worker.pid()).state() != 'T') {
            Thread.onSpinWait();
        }

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(TestProcesses.lives(child)).isFalse();
        assertThat(TestProcesses.lives(worker.pid())).isFalse();
    }

    @Test
    void isNotFooledByTheNameOfAProgram() throws Exception {
        Path odd = folder.toPath().resolve("a ) (b");
        Files.copy(Path.of("/bin/sleep"), odd);
        Process worker = testProcesses.shell("\"$1\" 300 & echo $! >&4; exec sleep 300", odd.toString());
        long child = testProcesses.pid(worker.inputReader());

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(TestProcesses.lives(child)).isFalse();
    }

    @Test
    void sparesEverybodyElse() throws Exception {
        Process stranger = testProcesses.stranger("/bin/sleep", "300");
        TestProcesses others = new TestProcesses();
        try {
            Process other = others.shell(SLEEP_AND_TELL + "exec sleep 300");
            long otherChild = others.pid(other.inputReader());
            Process worker = testProcesses.shell(SLEEP_AND_TELL + "exec sleep 300");
            testProcesses.pid(worker.inputReader());

            assertThat(of(worker).end()).isEqualTo(2);

            assertThat(stranger.isAlive()).isTrue();
            assertThat(other.isAlive()).isTrue();
            assertThat(TestProcesses.lives(otherChild)).isTrue();
        } finally {
            others.close();
        }
    }

    @Test
    void sparesOneWhoseMarkOnlyBeginsLikeOurs() throws Exception {
        Process worker = testProcesses.shell("read line <&3");

        String shorter = testProcesses.mark.substring(0, testProcesses.mark.length() - 1);
        assertThat(LinuxProcessTree.of(Integer.MAX_VALUE, shorter).end()).isZero();

        assertThat(worker.isAlive()).isTrue();
        assertThat(LinuxProcessTree.of(Integer.MAX_VALUE, testProcesses.mark).end())
                .isEqualTo(1);
    }

    /** The caller's own session holds at least the caller. */
    @Test
    void neverEndsTheCaller() throws Exception {
        ProcessTree own = OperatingSystem.here().family(ProcessHandle.current().pid(), "nobody's");

        assertThat(own.end()).isZero();
    }

    @Test
    void countsNoZombie() throws Exception {
        // the worker becomes a program that never reaps the child it has
        Process worker = testProcesses.shell("sh -c 'echo $$ >&4' & exec sleep 300");
        long child = testProcesses.pid(worker.inputReader());
        while (ProcFs.stat(child).state() != 'Z') {
            Thread.onSpinWait();
        }

        assertThat(of(worker).end()).isEqualTo(1);
    }

    /** Each process starts another and dies, so a process that is found is gone before it can be killed. */
    @Test
    void catchesAProcessThatHops() throws Exception {
        Process worker =
                testProcesses.shell("hop() { [ $1 = 0 ] || hop $(($1 - 1)) & }; hop 900; echo 1 >&4; exec sleep 300");
        ProcessTree tree = of(worker);
        assertThat(worker.inputReader().readLine()).isEqualTo("1");

        assertThat(tree.end()).isGreaterThan(0);

        assertThat(tree.end()).as("processes that were overlooked").isZero();
    }

    /** Each process starts another in a new session, and dies. */
    @Test
    void catchesAProcessThatHopsFromSessionToSession() throws Exception {
        File hop = TestProcesses.script(folder, "hop", "#!/bin/sh\n[ $1 = 0 ] || setsid \"$0\" $(($1 - 1)) &\n");
        Process worker = testProcesses.shell("\"$1\" 3000; echo 1 >&4; exec sleep 300", hop.getPath());
        ProcessTree tree = of(worker);
        assertThat(worker.inputReader().readLine()).isEqualTo("1");

        assertThat(tree.end()).isGreaterThan(0);

        assertThat(tree.end()).as("processes that were overlooked").isZero();
    }

    @Test
    void endsAForkBomb() throws Exception {
        Process worker = testProcesses.shell("bomb() {"
                + " if [ $1 != 0 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & fi; read line <&3; };"
                + " echo 1 >&4; bomb 7");
        ProcessTree tree = of(worker);
        assertThat(worker.inputReader().readLine()).isEqualTo("1");

        assertThat(tree.end()).isGreaterThan(0);

        assertThat(tree.end()).as("processes that were overlooked").isZero();
    }

    /** Once another process has the number, only the mark tells the two apart. */
    @Test
    void sparesWhoHasTheNumberOfAWorkerNow() throws Exception {
        Process worker = testProcesses.shell("read line <&3");
        long earlier = ProcFs.stat(worker.pid()).start() - 1;

        assertThat(new LinuxProcessTree(worker.pid(), "another", earlier).end()).isZero();

        assertThat(worker.isAlive()).isTrue();
        assertThat(new LinuxProcessTree(worker.pid(), testProcesses.mark, earlier).end())
                .isEqualTo(1);
    }
}
