package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    void inAGroupOfTheFirstVersion() throws IOException {
        group("/", "/", ".");
        Files.delete(folder.resolve("cgroup/memory.events")); // as where both versions are, and the first has memory
        Path old = Files.createDirectories(folder.resolve("memory/elsewhere"));
        Files.writeString(old.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
        Files.writeString(
                folder.resolve("self/mountinfo"),
                "42 31 0:39 / " + old.getParent() + " rw,nosuid - cgroup memory rw,memory\n",
                StandardOpenOption.APPEND);
        assertThat(CgroupLimits.oomKills(folder.toString())).hasValue(4);
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

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A machine with 8 GiB, on which the group /a/b of version 2 may have 1 GiB, and the group above it 100 MiB. */
    private void nested() throws IOException {
        file("meminfo", "MemTotal: 9000000 kB\nMemAvailable:    8388608 kB\nSwapFree: 0 kB\n");
        file("self/cgroup", "0::/a/b\n");
        file("self/mountinfo", "41 31 0:38 / " + folder + "/cgroup rw shared:9 - cgroup2 cgroup2 rw\n");
        file("cgroup/a/b/memory.max", (1L << 30) + "\n");
        file("cgroup/a/b/memory.current", (24L << 20) + "\n");
        file("cgroup/a/memory.max", (100L << 20) + "\n");
        file("cgroup/a/memory.current", (60L << 20) + "\n");
        file(
                "cgroup/a/memory.stat",
                "anon 1\ninactive_file " + (8L << 20) + "\nactive_file " + (2L << 20) + "\nshmem 7\n");
    }

    @Test
    void theTightestGroupAboveIsTheBound() throws IOException {
        nested();
        assertThat(CgroupLimits.room(folder.toString(), 1)).isEqualTo(40L << 20);
    }

    @Test
    void whatAGroupCanGiveBackIsRoom() throws IOException {
        nested();
        assertThat(CgroupLimits.room(folder.toString(), 45L << 20)).isEqualTo(50L << 20);
    }

    @Test
    void withoutALimitThereIsNone() throws IOException {
        nested();
        file("cgroup/a/memory.max", "max\n");
        file("cgroup/a/b/memory.max", "max\n");
        assertThat(CgroupLimits.room(folder.toString(), 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(CgroupLimits.room(folder.resolve("nowhere").toString(), 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theFirstVersionHasLimitsToo() throws IOException {
        file("self/cgroup", "9:name=systemd:/x\n4:memory:/docker/abc\n0::/\n");
        file(
                "self/mountinfo",
                "33 30 0:30 / " + folder + "/set rw - cgroup cgroup rw,cpuset\n" + "34 30 0:31 /docker/abc " + folder
                        + "/memory rw,relatime - cgroup cgroup rw,memory\n");
        file("memory/memory.limit_in_bytes", (64L << 20) + "\n");
        file("memory/memory.usage_in_bytes", (60L << 20) + "\n");
        file("memory/memory.stat", "inactive_file 7\ntotal_inactive_file " + (1L << 20) + "\ntotal_active_file 0\n");
        assertThat(CgroupLimits.room(folder.toString(), 1L << 20)).isEqualTo(4L << 20);
        assertThat(CgroupLimits.room(folder.toString(), 8L << 20)).isEqualTo(5L << 20);
    }

    @Test
    void ofTheMachineAndTheGroupsTheLesserCounts() throws IOException {
        nested();
        assertThat(MemoryRoom.forBytes(1, folder.toString())).isEqualTo((40L << 20) / 16 * 15);
        file("meminfo", "MemTotal: 9000000 kB\nMemAvailable:    16384 kB\nSwapFree: 16384 kB\n");
        assertThat(MemoryRoom.forBytes(1, folder.toString())).isEqualTo((32L << 20) / 16 * 15);
    }

    @Test
    void hereItIsANumberOrAbsent() {
        assertThat(OperatingSystem.here().oomKills().orElse(0)).isNotNegative();
    }
}
