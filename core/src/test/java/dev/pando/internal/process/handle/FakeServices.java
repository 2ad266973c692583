package dev.pando.internal.process.handle;

import dev.pando.internal.worker.OfferedCall;
import dev.pando.internal.worker.SubtaskOptions;
import dev.pando.internal.worker.TaskServices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pool that offers nothing, and whose sub-tasks never end. Notes what it is asked. */
final class FakeServices implements TaskServices {
    final List<String> offersAsked = new ArrayList<>();
    int subtasks;

    @Override
    public @Nullable OfferedCall offered(String name) {
        offersAsked.add(name);
        return null;
    }

    @Override
    public String notOffered(String name) {
        return "nothing is offered here";
    }

    @Override
    public AcceptedSubtask acceptPacked(Object packed, SubtaskOptions options) {
        subtasks++;
        return new AcceptedSubtask() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return true;
            }

            @Override
            public void whenEnded(SubtaskListener listener) {}
        };
    }
}
