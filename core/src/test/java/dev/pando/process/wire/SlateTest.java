package dev.pando.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.spi.Failure.Progress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SlateTest {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(Slate.BYTES);
    private final Slate worker = new Slate(memory);
    private final Slate parent = new Slate(memory);

    @Test
    void whatWasNotNotedHasNotStarted() {
        assertThat(parent.progress(1)).isEqualTo(Progress.NOT_STARTED);
        worker.began(1);
        assertThat(parent.progress(2)).isEqualTo(Progress.NOT_STARTED);
    }

    @Test
    void itTellsHowFarTheLastRunCame() {
        worker.began(7);
        assertThat(parent.progress(7)).isEqualTo(Progress.MAY_HAVE_RUN);
        worker.ended(7);
        assertThat(parent.progress(7)).isEqualTo(Progress.RAN);
        worker.began(8);
        assertThat(parent.progress(8)).isEqualTo(Progress.MAY_HAVE_RUN);
    }

    @Test
    void itHoldsEveryNumberThatARunMayHave() {
        worker.ended(Integer.MAX_VALUE);
        assertThat(parent.progress(Integer.MAX_VALUE)).isEqualTo(Progress.RAN);
    }
}
