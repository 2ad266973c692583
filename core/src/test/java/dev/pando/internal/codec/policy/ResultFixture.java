package dev.pando.internal.codec.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pando.internal.codec.Codec;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.UnsendableException.Direction;
import java.util.List;

/** Results as they arrive from a worker: encoded, and decoded again under a policy. */
abstract class ResultFixture {
    abstract Codec codec();

    Object arrive(byte[] bytes, ResultPolicy policy) throws UnsendableException {
        return codec().decode(bytes, 0, bytes.length, Direction.RESULT, policy);
    }

    Object arrive(Object result, ResultPolicy policy) throws UnsendableException {
        return arrive(codec().encode(result, Direction.RESULT), policy);
    }

    UnsendableException refused(byte[] bytes, ResultPolicy policy) {
        UnsendableException refused = catchThrowableOfType(UnsendableException.class, () -> arrive(bytes, policy));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.direction()).isEqualTo(Direction.RESULT);
        return refused;
    }

    UnsendableException refused(Object result, ResultPolicy policy) throws UnsendableException {
        return refused(codec().encode(result, Direction.RESULT), policy);
    }

    static ResultPolicy allowing(String... patterns) {
        return new ResultPolicy(CodeOrigin.NONE, ClassPatterns.of(List.of(patterns)));
    }
}
