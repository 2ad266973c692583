package dev.pando.internal.task;

import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.spi.Timer;

/** What a worker does between two tasks, so that no failure of it can cost a task. */
final class SeatErrands {
    private SeatErrands() {}

    static void callOff(Timer.Alarm ringing) {
        try {
            ringing.cancel();
        } catch (Throwable t) { // it will ring, and find the attempt over
            FaultLog.tell(FaultKind.CALL_OFF, null, t);
        }
    }

    static void giveBack(Runnable giving) {
        try {
            giving.run();
        } catch (Throwable t) { // without memory a shared lock stays held until the pool is closed
            FaultLog.tell(FaultKind.GIVE_BACK, null, t);
        }
    }
}
