package dev.pando.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pando.Task;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.io.Serializable;

/** Objects that no codec can send, and the refusal of them. */
@SuppressWarnings("serial") // the tests need fields that are not serialisable
abstract class UnsendableFixture {
    /** An object that never travels. */
    static final class Connection {}

    record Line(Object what) implements Serializable {}

    static UnsendableException refused(Object object) {
        UnsendableException refused =
                catchThrowableOfType(UnsendableException.class, () -> new Codec().encode(object, Direction.ARGUMENT));
        assertThat(refused).isNotNull();
        assertThat(refused.direction()).isEqualTo(Direction.ARGUMENT);
        assertThat(refused.getCause()).isNotNull();
        return refused;
    }

    static final class Shop implements Serializable {
        private static final long serialVersionUID = 1L;

        final Connection connection = new Connection();
        transient Connection spare = new Connection();

        Task<Integer> bill() {
            return () -> connection.hashCode();
        }

        int count() {
            return 1;
        }
    }
}
