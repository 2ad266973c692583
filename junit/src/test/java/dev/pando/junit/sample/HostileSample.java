package dev.pando.junit.sample;

import dev.pando.junit.Isolated;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every way in which a test can take a JVM down, between two that do not. */
@Isolated(timeout = "1m", heap = "64m")
@TestMethodOrder(MethodOrderer.MethodName.class)
public class HostileSample {
    private static boolean prepared;

    @BeforeAll
    static void prepare() {
        prepared = true;
    }

    @Test
    void aCalm() {
        assert prepared;
    }

    @Test
    @Isolated(timeout = "1s")
    void bHangs() {
        hang();
    }

    private static void hang() {
        while (true) {
            Thread.onSpinWait(); // no interrupt ends this
        }
    }

    @Test
    void cExits() {
        System.exit(3);
    }

    @Test
    void dCrashes() throws Exception {
        System.out.println("about to crash");
        new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid())
                .start()
                .waitFor();
        LockSupport.park();
    }

    @Test
    void eTakesAllMemory() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    @Test
    void fCalm() {
        if (!prepared) {
            throw new AssertionError("the class was not prepared again");
        }
    }
}
