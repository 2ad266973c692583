package dev.pando;

import java.io.Serializable;

/** What an actor does with its object, without a result. */
@FunctionalInterface
public interface ActorAction<S> extends Serializable {

    /**
     * Does it.
     *
     * @throws Exception the call has failed; the object stays
     */
    void perform(S object) throws Exception;
}
