package dev.pando.spi;

/** One worker's place in a pool, as the pool sees it: which worker sits here, and what it is doing. */
public interface Seat {

    /** The worker's name, as in {@code io-3}. */
    String worker();

    /** The worker went home, in order. Called once, when it runs nothing. */
    void leave();

    /** The worker died. What it was running is reported through {@link Job#fail}, before this. */
    void lost(String reason);

    /** The same, with all that is known of the death; {@code task} is what the worker ran, empty for nothing. */
    default void lost(Failure.Lost loss, String task) {
        lost(loss.death().reason());
    }
}
