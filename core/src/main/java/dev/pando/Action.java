package dev.pando;

import java.io.Serializable;

/**
 * Work without a value, which may throw anything. It is a {@link Runnable} as well, for whoever asks for one; there a
 * checked exception arrives inside a {@link TaskFailedException}.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {

    void perform() throws Exception;

    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // run is perform, for those who can take no checked exception
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
