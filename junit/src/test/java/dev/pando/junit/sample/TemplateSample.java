package dev.pando.junit.sample;

import dev.pando.junit.Isolated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A class that runs once for each number. */
@Isolated
@ParameterizedClass
@ValueSource(ints = {1, 2, 3})
public class TemplateSample {
    @Parameter
    int number;

    @Test
    void dies() {
        if (number == 2) {
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void passes() {}
}
