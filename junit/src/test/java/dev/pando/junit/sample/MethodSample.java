package dev.pando.junit.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pando.junit.Isolated;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Isolated methods beside an ordinary one; each finds the static fields as the class left them at its start. */
@TestMethodOrder(MethodOrderer.MethodName.class)
public class MethodSample {
    private static int leaked;

    @BeforeAll
    static void prepare() {
        leaked += 10;
    }

    @Test
    @Isolated
    void aLeaks() {
        assertEquals(10, leaked++);
    }

    @Test
    @Isolated
    void bIsNotReached() {
        assertEquals(10, leaked++);
    }

    @Isolated
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void cParameters(int number) {
        if (number == 2) {
            Runtime.getRuntime().halt(7);
        }
    }

    @Test
    void dOrdinary() {
        assertEquals(
                System.getProperty("sample.parent"),
                "" + ProcessHandle.current().pid());
        leaked++;
    }
}
