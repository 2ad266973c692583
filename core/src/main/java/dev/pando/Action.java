package dev.pando;

import java.io.Serializable;

/**
 * Work without a value, which may throw anything. It is a {@link Runnable} as well, for methods that take one; there a
 * checked exception arrives inside a {@link TaskFailedException}.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {

    /**
     * Does the work.
     *
     * @throws Exception whatever the work throws; the task has then failed with it
     */
    void perform() throws Exception;

    /**
     * Does the work, for callers that can take no checked exception.
     *
     * @throws TaskFailedException the work threw a checked exception, which is the cause
     */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged")
    default void run() {
        try {
            perform();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new TaskFailedException("an action threw " + e, e);
        }
    }
}
