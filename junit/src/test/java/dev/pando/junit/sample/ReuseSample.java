package dev.pando.junit.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pando.junit.Isolated;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two units that may share a worker. */
@TestMethodOrder(MethodOrderer.MethodName.class)
public class ReuseSample {
    private static int count;

    @Test
    @Isolated(reuse = true)
    void first() {
        assertEquals(0, count++);
    }

    @Test
    @Isolated(reuse = true)
    void second() {
        assertEquals(1, count++);
    }
}
