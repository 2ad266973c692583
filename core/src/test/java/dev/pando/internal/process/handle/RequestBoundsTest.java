package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.shared.ItemBlocks;
import dev.pando.internal.shared.SharedCall.CallPatience;
import dev.pando.internal.shared.SharedOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that asks its pool without end, or as no worker does, is ended. */
class RequestBoundsTest extends WorkerFlood {
    /** The number of the next request, which may be that of no other. */
    private int number = 100;

    private CallMessage.Request asking(int run, SharedOperation operation, long amount, long other, byte[]... items) {
        return new CallMessage.Request(
                number++,
                run,
                0,
                1,
                0,
                0,
                operation.number(),
                CallPatience.ENDLESS.number(),
                amount,
                other,
                ItemBlocks.write(List.of(items)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long bits(double fraction) {
        return Double.doubleToRawLongBits(fraction);
    }

    @Test
    void aRequestThatNoWorkerMakesCostsTheWorkerItsLife() {
        task();
        assertForged("a progress of NaN", asking(1, SharedOperation.PROGRESS, bits(Double.NaN), 0, text("a")));
        assertForged("a progress of 2.0", asking(1, SharedOperation.PROGRESS, bits(2), 0, text("a")));
        assertForged("a text of 5000", asking(1, SharedOperation.PROGRESS, bits(1), 0, new byte[5000]));
        assertForged("the wrong items", asking(1, SharedOperation.PROGRESS, bits(1), 0));
        assertForged("was not given", asking(2, SharedOperation.PROGRESS, bits(1), 0, text("a")));
        assertForged("options that there are not", asking(1, SharedOperation.SUBMIT, 0, 0, NONE, text("a")));
        assertForged("options that there are not", asking(1, SharedOperation.SUBMIT, 1, 0, NONE, text(" ")));
        assertForged("options that there are not", asking(1, SharedOperation.SUBMIT, 1, -1L << 32, NONE, text("a")));
        assertForged("a text of 4001", asking(1, SharedOperation.CALL, 0, 0, new byte[4001], NONE));
        assertThat(worker.services.offersAsked).isEmpty();
    }

    @Test
    void noMoreSubtasksAreOpenThanCallsMayBe() {
        task();
        assertBounded(
                "while 1024 calls are open",
                n -> asking(1, SharedOperation.SUBMIT, Long.MAX_VALUE, 0, NONE, text("a")));
        assertThat(worker.services.subtasks).isLessThanOrEqualTo(1024);
    }
}
