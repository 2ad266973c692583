package dev.pando;

import org.jspecify.annotations.Nullable;

/**
 * The root of what Pando itself throws. Its type says what is to blame: the task, its worker, its time, its luggage,
 * the pool or the program's waits; the message carries the evidence.
 */
public abstract sealed class PoolException extends RuntimeException
        permits TaskFailedException,
                WorkerLostException,
                TaskTimeoutException,
                DeadlineExceededException,
                NotSendableException,
                PoolBrokenException,
                DeadlockException {
    private static final long serialVersionUID = 1L;

    PoolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
