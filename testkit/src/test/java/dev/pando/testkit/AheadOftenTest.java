package dev.pando.testkit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Repeats the tests of prefetching, because most of them are about moments that do not come each time. */
@Tag("full")
@ParameterizedClass
@ValueSource(ints = {2, 3})
class AheadOftenTest extends AheadTest {
    @Parameter
    int round;
}
