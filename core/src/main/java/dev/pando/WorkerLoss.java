package dev.pando;

import dev.pando.spi.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The death certificate of a worker. What is not known is absent.
 *
 * @param task what it was running
 * @param worker its name
 * @param progress how far the task had come: whether it may have had effects
 * @param reason in words
 * @param exitCode the exit code, when it exited or may have
 * @param signal the name of the signal, when it was killed by one or may have been: the system reports the exit code
 *     137 and the end by SIGKILL alike, so there are both where nothing else tells
 * @param lastOutput the last lines it printed
 * @param crashLog where the JVM wrote its crash log
 * @param crashFrames the native frames at the top of that log
 * @param residentBytes the memory it held at the last look
 * @param tasksRun how many tasks it had begun, this one included
 * @param workerAge how long it had lived
 */
public record WorkerLoss(
        String task,
        String worker,
        Failure.Progress progress,
        String reason,
        OptionalInt exitCode,
        Optional<String> signal,
        List<String> lastOutput,
        Optional<Path> crashLog,
        List<String> crashFrames,
        OptionalLong residentBytes,
        OptionalInt tasksRun,
        Duration workerAge) {}
