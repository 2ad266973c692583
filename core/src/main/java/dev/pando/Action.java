package dev.pando;

import java.io.Serializable;

/**
 * Work without a value, which may throw anything. It is a {@link Runnable} as well, for methods that take one; there a
 * checked exception arrives inside a {@link TaskFailedException}.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {

    void perform() throws Exception;

    @Override
    // run is perform, for callers that can take no checked exception
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
