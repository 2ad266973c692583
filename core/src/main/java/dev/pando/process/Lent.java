package dev.pando.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.codec.Codec;
import dev.pando.codec.Handle;
import dev.pando.codec.Shared;
import dev.pando.process.memory.Account;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The shared memory that one worker has, if ever it has any: until then nothing of it is loaded. */
final class Lent implements Shared {
    private final Hand hand;
    private final Codec codec;

    @GuardedBy("this")
    private @Nullable Account account;

    Lent(Hand hand) {
        this.hand = hand;
        this.codec = hand.services.codec().sharing(this);
    }

    /** Unpacks what comes from this worker. */
    Codec codec() {
        return codec;
    }

    synchronized Account account() {
        Account there = account;
        if (there == null) {
            account = there = new Account(hand.services.memory().get(), Runtime.getRuntime().maxMemory(), message -> {
                Hand.Running here = hand.running;
                if (here != null) here.post().send(message);
            });
        }
        return there;
    }

    private synchronized @Nullable Account known() {
        return account;
    }

    /** It will be sent this. */
    void given(Cargo cargo) {
        if (cargo.parcel() != null) account().given(cargo.parcel());
    }

    void ready() {
        Account there = known();
        if (there != null) there.ready();
    }

    /** It has answered this, and its answer is unpacked. */
    void answered(Cargo cargo) {
        Account there = known();
        if (there != null) there.answered(cargo.parcel());
    }

    void dead() {
        Account there = known();
        if (there != null) there.dead();
    }

    @Override
    public Leaving leaving() {
        return hand.services.memory().get().leaving();
    }

    @Override
    public Object arriving(Handle handle) throws IOException {
        return account().arriving(handle);
    }
}
