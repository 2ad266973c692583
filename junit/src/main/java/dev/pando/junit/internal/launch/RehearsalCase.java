package dev.pando.junit.internal.launch;

import dev.pando.junit.Isolated;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The empty test that a worker runs before its first unit. Isolated, so that the extension is rehearsed too. */
@Isolated
final class RehearsalCase {
    private int prepared;

    @BeforeEach
    void prepare() {
        prepared++;
    }

    @Test
    void pass() {
        Assertions.assertEquals(1, prepared);
    }
}
