package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {
    private static final String EVENTS = "low 0\nhigh 0\nmax 17\noom 3\noom_kill 2\noom_group_kill 1\n";

    @TempDir
    private Path folder;

    private void group(String own, String mounted, String below) throws IOException {
        Path at = folder.resolve("cgroup");
        Files.createDirectories(at.resolve(below));
        Files.writeString(at.resolve(below).resolve("memory.events"), EVENTS);
        Files.createDirectories(folder.resolve("self"));
        Files.writeString(folder.resolve("self/cgroup"), "4:memory:/elsewhere\n0::" + own + "\n");
        Files.writeString(
                folder.resolve("self/mountinfo"),
                "21 1 0:20 / /proc rw - proc proc rw\n" + "41 31 0:38 " + mounted + " " + at
                        + " rw,nosuid shared:9 - cgroup2 cgroup2 rw\n");
    }

    @Test
    void onAHost() throws IOException {
        group("/user.slice/session-1", "/", "user.slice/session-1");
        assertThat(CgroupLimits.oomKills(folder.toString())).hasValue(2);
    }

    @Test
    void inAContainerThatSeesItselfAsTheRoot() throws IOException {
        group("/", "/", ".");
        assertThat(CgroupLimits.oomKills(folder.toString())).hasValue(2);
    }

    @Test
    void inAContainerThatSeesTheHostsNames() throws IOException {
        group("/docker/abc/inner", "/docker/abc", "inner");
        assertThat(CgroupLimits.oomKills(folder.toString())).hasValue(2);
    }

    @Test
    void absentOutsideOfWhatIsMounted() throws IOException {
        group("/docker/abcd", "/docker/abc", "d");
        assertThat(CgroupLimits.oomKills(folder.toString())).isEmpty();
    }

    @Test
    void absentWithoutSuchAFile() throws IOException {
        group("/a", "/", "b");
        assertThat(CgroupLimits.oomKills(folder.toString())).isEmpty();
        assertThat(CgroupLimits.oomKills(folder.resolve("nowhere").toString())).isEmpty();
    }

    @Test
    void hereItIsANumberOrAbsent() {
        assertThat(OperatingSystem.here().oomKills().orElse(0)).isNotNegative();
    }
}
