package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.handle.FakeWorker.FakeJob;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.shared.ConstructFactory;
import dev.pando.internal.shared.SharedCall.CallPatience;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import org.junit.jupiter.api.Test;

/** A worker that calls shared constructs without end, or as no worker does, is ended. */
class CallBoundsTest extends WorkerFlood {
    /** The number of the next call, which may be that of no other. */
    private int forged = 100;

    /** Returns a call of the running task to a queue that is empty. */
    private static CallMessage.Request taking(long queue, int question, SharedOperation operation) {
        return new CallMessage.Request(
                question,
                1,
                0,
                1,
                queue,
                SharedLinks.tagOf(queue),
                operation.number(),
                CallPatience.ENDLESS.number(),
                0,
                0,
                NONE);
    }

    private long queue() {
        task();
        return new ConstructFactory(worker.engine.sharedTable()).queue(1);
    }

    @Test
    void noMoreCallsWaitThanMay() {
        long queue = queue();
        CallMessage.Request[] last = new CallMessage.Request[1];
        assertBounded("while 1024 calls are open", number -> last[0] = taking(queue, number, SharedOperation.TAKE));
        assertThat(last[0].question()).isBetween(1024, 1 << 16);
    }

    @Test
    void noMoreIsCalledIfTheRepliesAreNotRead() {
        worker.started(stopped);
        worker.handle.ready(worker);
        FakeJob job = worker.submit("a");
        assertThat(worker.handle.feed(0)).isTrue();
        long queue = new ConstructFactory(worker.engine.sharedTable()).queue(1);
        assertBounded("has not read 1024 replies", number -> taking(queue, number, SharedOperation.QUEUE_SIZE));
        assertThat(job.attempts).isEqualTo(1);
    }

    @Test
    void noMoreCallsAreWithdrawnThanWereMade() {
        long queue = queue();
        assertBounded(
                "more often than it has called",
                number -> number == 0 ? taking(queue, 1, SharedOperation.TAKE) : new CallMessage.Withdraw(number));
    }

    @Test
    void aCallThatNoWorkerMakesCostsTheWorkerItsLife() {
        long queue = queue();
        CallMessage.Request good = taking(queue, 1, SharedOperation.TAKE);
        assertForged("there is not", changed(good, good.run(), good.tag(), 99, NONE));
        assertForged("there is not", changed(good, good.run(), good.tag(), -1, NONE));
        assertForged("its construct does not know", changed(good, good.run(), good.tag(), 8, NONE));
        assertForged("its construct does not know", changed(good, good.run(), good.tag(), 1, NONE));
        assertForged("was not given", changed(good, 2, good.tag(), good.operation(), NONE));
        assertForged("was not given", changed(good, 0, good.tag(), good.operation(), NONE));
        assertForged("handle that it was not given", changed(good, 1, good.tag() + 1, good.operation(), NONE));
        assertForged("half a length", changed(good, 1, good.tag(), good.operation(), new byte[2]));
        assertForged("an item of", changed(good, 1, good.tag(), good.operation(), new byte[] {127, 0, 0, 0, 1}));
        assertBounded("by the number of another", good);
    }

    private CallMessage.Request changed(CallMessage.Request call, int run, long tag, int operation, byte[] items) {
        return new CallMessage.Request(
                forged++, run, 0, call.thread(), call.number(), tag, operation, call.patience(), 0, 0, items);
    }

    /** A handle of another pool is none that is forged: {@code SharedBorderTest} of the testkit. */
    @Test
    void noConstructIsCalledWhereThereIsNone() {
        task();
        CallMessage.Request good = taking(1, 1, SharedOperation.TAKE);
        assertForged("handle that it was not given", changed(good, 1, good.tag() + 1, good.operation(), NONE));
    }
}
