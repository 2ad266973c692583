package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.ContextCarrier;
import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When the process of a pool's first worker is started: not before there is work, and before that is packed. */
@Tag("processes")
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class FirstLaunchTest {
    @TempDir
    private Path folder;

    /** Has a line for each process of a worker. */
    private Path starts;

    private Processes counted;

    @BeforeEach
    void writeProgram() throws IOException {
        starts = folder.resolve("starts");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path program = Files.writeString(
                folder.resolve("java"), "#!/bin/sh\necho started >> '" + starts + "'\nexec '" + java + "' \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        counted = Processes.of(2).java(program);
    }

    /** Is packed once a worker's process runs: a pool that packs first would wait for ever. */
    private record Patient(String starts, boolean travels) implements Serializable {
        private Object writeReplace() throws NotSerializableException {
            while (!Files.exists(Path.of(starts))) {
                LockSupport.parkNanos(1_000_000);
            }
            if (!travels) {
                throw new NotSerializableException("a task that was refused");
            }
            return "packed";
        }
    }

    private static Task<String> taskWith(Object argument) {
        Serializable captured = (Serializable) argument;
        return () -> String.valueOf(captured);
    }

    @Test
    void theFirstProcessStartsWhileTheFirstTaskIsPacked() throws IOException {
        try (Pool pool = Pool.open(counted)) {
            assertThat(starts).doesNotExist();
            assertThat(pool.submit(taskWith(new Patient(starts.toString(), true)))
                            .result())
                    .isEqualTo("packed");
        }
        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void theWorkerOfATaskThatCannotTravelTakesTheNextOne() throws IOException {
        try (Pool pool = Pool.open(counted)) {
            assertThatThrownBy(() -> pool.submit(taskWith(new Patient(starts.toString(), false))))
                    .isInstanceOf(NotSendableException.class);
            assertThat(pool.submit(taskWith("the next")).result()).isEqualTo("the next");
        }
        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void aPoolWithoutWorkStartsNothingThoughItTriesWhatItCarries() {
        ContextCarrier carrier = new ContextCarrier() {
            @Override
            public Luggage capture() {
                return Carried.NOTHING;
            }
        };
        Pool pool = Pool.with(counted).carry(carrier).open();
        pool.close();
        assertThat(starts).doesNotExist();
    }

    /** Luggage that travels. */
    private enum Carried implements ContextCarrier.Luggage {
        NOTHING;

        @Override
        public <T> T around(Callable<T> body) throws Exception {
            return body.call();
        }
    }

    @Test
    void noWorkerStartsForATaskThatAClosedPoolRefuses() {
        Pool pool = Pool.open(counted);
        pool.close();
        assertThatThrownBy(() -> pool.submit(taskWith("late"))).isInstanceOf(RejectedExecutionException.class);
        assertThat(starts).doesNotExist();
    }
}
