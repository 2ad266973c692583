package dev.pando.internal.shared.handle;

import dev.pando.internal.shared.CallAnswer;
import dev.pando.internal.shared.CallStatus;
import dev.pando.internal.shared.SharedLinks;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedBarrier;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/** A barrier by its number and tag. */
record BarrierHandle(long number, long tag) implements SharedBarrier {

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return (int) whole(SharedLinks.call(number, tag, SharedOperation.MEET, Long.MAX_VALUE, 0, 0))
                .amount();
    }

    @Override
    public int await(Duration patience) throws InterruptedException, BrokenBarrierException, TimeoutException {
        long nanos = Checks.notNegative(patience, "patience");
        CallAnswer answer = whole(SharedLinks.call(number, tag, SharedOperation.MEET, nanos, 0, 0));
        if (!answer.isDone()) {
            throw new TimeoutException("the other parties did not come within " + patience);
        }
        return (int) answer.amount();
    }

    private static CallAnswer whole(CallAnswer answer) throws BrokenBarrierException {
        if (answer.status() == CallStatus.BROKEN) {
            throw new BrokenBarrierException(answer.text());
        }
        return answer;
    }

    @Override
    public void reset() {
        SharedLinks.ask(number, tag, SharedOperation.MEND, 0, 0);
    }

    @Override
    public boolean isBroken() {
        return SharedLinks.ask(number, tag, SharedOperation.IS_BROKEN, 0, 0).amount() != 0;
    }

    @Override
    public void close() {
        ConstructEnd.end(number, tag, SharedOperation.DISCARD);
    }
}
