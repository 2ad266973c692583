package dev.pando.shared;

/** What is run with a lock or a permit, and has no value. It runs where the caller is, and does not travel. */
@FunctionalInterface
public interface SharedBody {

    /**
     * Does the work.
     *
     * @throws Exception whatever the work throws
     */
    void run() throws Exception;
}
