package dev.pando.internal.process.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class CrashLogTest {
    private static final String HEAD =
            "#\n# A fatal error has been detected\n#\n# Problematic frame:\n" + "# C  [libm.so+0x1]  f+0x1\n#\n";

    private final TestProcesses testProcesses = new TestProcesses();

    @TempDir
    private File folder;

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    private File log(String text) throws IOException {
        File file = new File(folder, "log");
        Files.writeString(file.toPath(), text);
        return file;
    }

    /** Crashes by a signal from outside, which HotSpot treats like a signal from inside. */
    static final class Crash {
        private Crash() {}

        public static void main(String[] args) throws Exception {
            new ProcessBuilder(
                            "kill",
                            "-SEGV",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
            Thread.currentThread().join(); // until the crash
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRealOne() throws Exception {
        File file = new File(folder, "crash.log");
        Process child = testProcesses.stranger(
                "/bin/sh",
                "-c",
                "ulimit -c 0; exec \"$@\"",
                "sh",
                TestProcesses.JAVA,
                "-XX:ErrorFile=" + file,
                "-cp",
                System.getProperty("java.class.path"),
                Crash.class.getName());
        child.getInputStream().readAllBytes();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(OperatingSystem.here().signal(child.exitValue())).hasValue("SIGABRT");
        assertThat(CrashLog.signal(file)).isEqualTo("SIGSEGV");
        assertThat(CrashLog.frames(file))
                .hasSizeBetween(1, 10)
                .first()
                .asString()
                .contains("[lib")
                .contains(".so");
    }

    @Test
    void theFrameAtFaultAndTheTopOfTheRest() throws IOException {
        StringBuilder frames = new StringBuilder(HEAD + "Native frames: (J=compiled Java code, C=native code)\n");
        for (int i = 2; i < 40; i++) {
            frames.append("C  [libm.so+0x").append(i).append("]\n");
        }
        assertThat(CrashLog.frames(log(frames + "\nJava frames:\nj nobody's\n")))
                .hasSize(10)
                .startsWith("C  [libm.so+0x1]  f+0x1", "C  [libm.so+0x2]")
                .endsWith("C  [libm.so+0x10]");
    }

    @Test
    void theSignalIsTheOneOfTheReport() throws IOException {
        assertThat(CrashLog.signal(log("#\n# A fatal error\n#\n#  SIGBUS (0x7) at pc=0x00007f, pid=1\n#\n")))
                .isEqualTo("SIGBUS");
        assertThat(CrashLog.signal(log(HEAD))).isNull();
        assertThat(CrashLog.signal(log("#  Internal Error (safepoint.cpp:1), pid=1 # SIGSEGV (0x")))
                .isNull();
        assertThat(CrashLog.signal(new File(folder, "nothing"))).isNull();
    }

    @Test
    void aPlaceIsALibraryAndItsFunction() {
        assertThat(CrashLog.place("C  [libfoo.so+0x1a2b]  render+0x12")).isEqualTo(" in libfoo.so, frame render+0x12");
        assertThat(CrashLog.place("C  [libfoo.so+0x1a2b]")).isEqualTo(" in libfoo.so, frame +0x1a2b");
        assertThat(CrashLog.place("j  Main.main([Ljava/lang/String;)V+3"))
                .isEqualTo(" in j  Main.main([Ljava/lang/String;)V+3");
    }

    @Test
    void theFrameAtFaultIsNotToldTwice() throws IOException {
        assertThat(CrashLog.frames(log(HEAD + "Native frames:\nC  [libm.so+0x1]  f+0x1\nV  [libjvm.so+0x2]\n\nmore\n")))
                .containsExactly("C  [libm.so+0x1]  f+0x1", "V  [libjvm.so+0x2]");
    }

    @Test
    void cutShortAnywhere() throws IOException {
        String whole = HEAD + "Native frames: (...)\nC  [a+0x1]\nC  [b+0x2]\n";
        for (int length = 0; length <= whole.length(); length++) {
            assertThat(CrashLog.frames(log(whole.substring(0, length)))).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(CrashLog.frames(log(HEAD))).containsExactly("C  [libm.so+0x1]  f+0x1");
    }

    @Test
    void hostileOnesAreShortAndPrintable() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        File file = log("");
        Files.write(file.toPath(), noise);
        assertThat(CrashLog.frames(file)).isEmpty();

        byte[] head = (HEAD + "Native frames:\n").getBytes(US_ASCII);
        System.arraycopy(head, 0, noise, 0, head.length);
        Arrays.fill(noise, head.length, noise.length, (byte) 27);
        Arrays.fill(noise, head.length + 2, noise.length / 2, (byte) 'x');
        Files.write(file.toPath(), noise);
        assertThat(CrashLog.frames(file))
                .hasSize(2)
                .allSatisfy(
                        frame -> assertThat(frame).hasSizeLessThanOrEqualTo(300).matches("[ -~]+"));
    }

    @Test
    void noneThere() {
        assertThat(CrashLog.frames(new File(folder, "nothing"))).isEmpty();
        assertThat(CrashLog.frames(folder)).isEmpty();
    }

    /** The pipe has no writer, so opening it would block for ever. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeWithTheNameOfALog() throws Exception {
        File pipe = new File(folder, "pipe");
        assertThat(testProcesses.stranger("mkfifo", pipe.getPath()).waitFor()).isZero();
        assertThat(CrashLog.frames(pipe)).isEmpty();
    }
}
