package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.spi.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the scheduler looks again, also where the system has no thread for the timer. */
class SchedulerAlarmTest {
    private final List<String> said = new ArrayList<>();
    private final CountDownLatch looked = new CountDownLatch(1);
    private boolean threadless;

    private final SchedulerAlarm alarm = new SchedulerAlarm(
            new Timer() {
                @Override
                public long nanoTime() {
                    return 0;
                }

                @Override
                public Alarm after(long nanos, Runnable look) {
                    if (threadless) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    said.add("in " + nanos);
                    return () -> said.add("not in " + nanos);
                }
            },
            looked::countDown);

    @Test
    void anEarlierMomentTakesThePlaceOfALaterOne() {
        alarm.ringAt(100, 10);
        alarm.ringAt(200, 10);
        alarm.ringAt(50, 10);
        alarm.ringAt(WorkerScheduler.NEVER, 10);
        assertThat(said).containsExactly("in 90", "not in 90", "in 40");
        alarm.looked();
        alarm.ringAt(5, 60);
        assertThat(said).endsWith("in 40", "in 0");
    }

    @Test
    void whereNoAlarmCanBeSetALookComesNevertheless() throws Exception {
        alarm.ringAt(100, 10);
        threadless = true;
        alarm.ringAt(50, 10);
        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
        threadless = false;
        alarm.ringAt(100, 10); // before that look was told, which may come late
        assertThat(said).containsExactly("in 90", "not in 90", "in 90");
    }
}
