package dev.pando.process.os;

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
class FamilyTest {
    private static final String SLEEP_AND_TELL = "sleep 300 & echo $! >&4; ";

    private final Children children = new Children();

    @TempDir
    private File folder;

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        children.close();
    }

    private Family of(Process worker) {
        return Os.here().family(worker.pid(), children.mark);
    }

    @Test
    void endsTheWorkerAndItsChildren() throws Exception {
        Process worker = children.shell(SLEEP_AND_TELL + "exec sleep 300");
        long child = children.pid(worker.inputReader());

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(Children.lives(child)).isFalse();
        assertThat(worker.waitFor()).isEqualTo(137);
        assertThat(of(worker).end()).as("processes ended by a second call").isZero();
    }

    @Test
    void findsTheChildrenOfAWorkerThatDiedFirst() throws Exception {
        Process worker = children.shell(SLEEP_AND_TELL + "read line <&3; kill -SEGV $$");
        Family family = of(worker);
        long child = children.pid(worker.inputReader());
        worker.getOutputStream().close();
        assertThat(worker.waitFor()).isEqualTo(139);
        assertThat(Children.lives(child)).isTrue();

        assertThat(family.end()).isEqualTo(1);

        assertThat(Children.lives(child)).isFalse();
    }

    @Test
    void findsByTheMarkWhoLeftTheSession() throws Exception {
        Process worker = children.shell(
                "setsid sh -c 'echo $$ >&4; sleep 300 & echo $! >&4; exec sleep 300' & read line <&3");
        Family family = of(worker);
        BufferedReader told = worker.inputReader();
        long away = children.pid(told);
        long awayToo = children.pid(told);
        assertThat(Proc.stat(away).session()).isEqualTo(away);
        worker.getOutputStream().close();
        worker.waitFor();

        assertThat(family.end()).isEqualTo(2);

        assertThat(Children.lives(away)).isFalse();
        assertThat(Children.lives(awayToo)).isFalse();
    }

    @Test
    void findsInTheSessionWhoDroppedTheMark() throws Exception {
        Process worker = children.shell("env -i /bin/sh -c 'echo $$ >&4; exec sleep 300' & exec sleep 300");
        long child = children.pid(worker.inputReader());

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(Children.lives(child)).isFalse();
    }

    @Test
    void endsWhoIsStopped() throws Exception {
        Process worker = children.shell(SLEEP_AND_TELL + "kill -STOP $!; kill -STOP $$; exec sleep 300");
        long child = children.pid(worker.inputReader());
        while (Proc.stat(child).state() != 'T' || Proc.stat(worker.pid()).state() != 'T') Thread.onSpinWait();

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(Children.lives(child)).isFalse();
        assertThat(Children.lives(worker.pid())).isFalse();
    }

    @Test
    void isNotFooledByTheNameOfAProgram() throws Exception {
        Path odd = folder.toPath().resolve("a ) (b");
        Files.copy(Path.of("/bin/sleep"), odd);
        Process worker = children.shell("\"$1\" 300 & echo $! >&4; exec sleep 300", odd.toString());
        long child = children.pid(worker.inputReader());

        assertThat(of(worker).end()).isEqualTo(2);

        assertThat(Children.lives(child)).isFalse();
    }

    @Test
    void sparesEverybodyElse() throws Exception {
        Process stranger = children.stranger("/bin/sleep", "300");
        Children others = new Children();
        try {
            Process other = others.shell(SLEEP_AND_TELL + "exec sleep 300");
            long otherChild = others.pid(other.inputReader());
            Process worker = children.shell(SLEEP_AND_TELL + "exec sleep 300");
            children.pid(worker.inputReader());

            assertThat(of(worker).end()).isEqualTo(2);

            assertThat(stranger.isAlive()).isTrue();
            assertThat(other.isAlive()).isTrue();
            assertThat(Children.lives(otherChild)).isTrue();
        } finally {
            others.close();
        }
    }

    @Test
    void sparesOneWhoseMarkOnlyBeginsLikeOurs() throws Exception {
        Process worker = children.shell("read line <&3");

        String shorter = children.mark.substring(0, children.mark.length() - 1);
        assertThat(LinuxFamily.of(Integer.MAX_VALUE, shorter).end()).isZero();

        assertThat(worker.isAlive()).isTrue();
        assertThat(LinuxFamily.of(Integer.MAX_VALUE, children.mark).end()).isEqualTo(1);
    }

    /** The caller's own session holds at least the caller. */
    @Test
    void neverEndsTheCaller() throws Exception {
        Family own = Os.here().family(ProcessHandle.current().pid(), "nobody's");

        assertThat(own.end()).isZero();
    }

    @Test
    void countsNoZombie() throws Exception {
        // the worker becomes a program that never reaps the child it has
        Process worker = children.shell("sh -c 'echo $$ >&4' & exec sleep 300");
        long child = children.pid(worker.inputReader());
        while (Proc.stat(child).state() != 'Z') Thread.onSpinWait();

        assertThat(of(worker).end()).isEqualTo(1);
    }

    /** Each process starts another and dies, so a process that is found is gone before it can be killed. */
    @Test
    void catchesAProcessThatHops() throws Exception {
        Process worker = children.shell(
                "hop() { [ $1 = 0 ] || hop $(($1 - 1)) & }; hop 900; echo 1 >&4; exec sleep 300");
        Family family = of(worker);
        assertThat(worker.inputReader().readLine()).isEqualTo("1");

        assertThat(family.end()).isGreaterThan(0);

        assertThat(family.end()).as("processes that were overlooked").isZero();
    }

    /** Each process starts another in a new session, and dies. */
    @Test
    void catchesAProcessThatHopsFromSessionToSession() throws Exception {
        File hop = Children.script(folder, "hop", "#!/bin/sh\n[ $1 = 0 ] || setsid \"$0\" $(($1 - 1)) &\n");
        Process worker = children.shell("\"$1\" 3000; echo 1 >&4; exec sleep 300", hop.getPath());
        Family family = of(worker);
        assertThat(worker.inputReader().readLine()).isEqualTo("1");

        assertThat(family.end()).isGreaterThan(0);

        assertThat(family.end()).as("processes that were overlooked").isZero();
    }

    @Test
    void endsAForkBomb() throws Exception {
        Process worker = children.shell("bomb() {"
                + " if [ $1 != 0 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & fi; read line <&3; };"
                + " echo 1 >&4; bomb 7");
        Family family = of(worker);
        assertThat(worker.inputReader().readLine()).isEqualTo("1");

        assertThat(family.end()).isGreaterThan(0);

        assertThat(family.end()).as("processes that were overlooked").isZero();
    }

    /** Once another process has the number, only the mark tells the two apart. */
    @Test
    void sparesWhoHasTheNumberOfAWorkerNow() throws Exception {
        Process worker = children.shell("read line <&3");
        long earlier = Proc.stat(worker.pid()).start() - 1;

        assertThat(new LinuxFamily(worker.pid(), "another", earlier).end()).isZero();

        assertThat(worker.isAlive()).isTrue();
        assertThat(new LinuxFamily(worker.pid(), children.mark, earlier).end()).isEqualTo(1);
    }
}
