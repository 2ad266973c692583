package dev.pando.junit.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThrownCopyTest {

    @Test
    void anExceptionThatTravelsArrivesAsItIs() {
        IOException thrown = new IOException("no disk", new IllegalStateException("cause"));
        thrown.addSuppressed(new RuntimeException("suppressed"));

        Throwable restored = sent(thrown);

        assertThat(restored)
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no disk")
                .hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(restored.getSuppressed()).hasSize(1);
        assertThat(restored.getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void anAssertionErrorThatDoesNotTravelHasAStandInThatIsOne() {
        Held thrown = new Held("held");
        thrown.addSuppressed(new IOException("suppressed"));

        Throwable restored = sent(thrown);

        assertThat(restored).isInstanceOf(AssertionError.class).hasToString(Held.class.getName() + ": held");
        assertThat(restored.getSuppressed())
                .hasOnlyElementsOfType(IOException.class)
                .hasSize(1);
        assertThat(restored.getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void causesInACircleEnd() {
        Held first = new Held("first");
        Held second = new Held("second");
        first.initCause(second);
        second.initCause(first);

        assertThat(sent(first)).hasToString(Held.class.getName() + ": first");
    }

    private static Throwable sent(Throwable thrown) {
        TestEvent event = new TestEvent.Threw("id", false, ThrownCopy.of(thrown));
        TestEvent.Threw arrived = (TestEvent.Threw) TestEvent.unpack(event.packed());
        return arrived.thrown().restored();
    }

    private static final class Held extends AssertionError {
        private static final long serialVersionUID = 1L;

        private final transient Object nothing = new Object();
        private final Object thread = Thread.currentThread();

        Held(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return nothing == null || thread == null ? "lost" : super.getMessage();
        }
    }
}
