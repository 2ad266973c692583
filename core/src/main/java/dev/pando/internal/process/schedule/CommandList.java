package dev.pando.internal.process.schedule;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a {@link WorkerScheduler} that are not carried out yet, in their order. A policy makes room, and the
 * command, before it changes the state of a worker: between the two no memory is needed, so that no worker is in a
 * state that its process never hears of.
 */
final class CommandList {
    private @Nullable SchedulerCommand[] commands = new @Nullable SchedulerCommand[4];
    private int count;

    /** Makes sure that the next {@link #add} needs no memory. */
    void makeRoom() {
        if (count == commands.length) {
            commands = Arrays.copyOf(commands, 2 * count);
        }
    }

    /** To be called after {@link #makeRoom}. */
    void add(SchedulerCommand command) {
        commands[count++] = command;
    }

    /** Ends the pool, which has no worker left, if it is closing and has not ended. */
    void addEnd(SchedulerPhase phase) {
        makeRoom();
        SchedulerCommand end = new SchedulerCommand.End();
        if (phase.end()) {
            add(end);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Removes and returns the first, null if there is none. Needs no memory. */
    @Nullable
    SchedulerCommand poll() {
        SchedulerCommand first = commands[0];
        if (count > 0) {
            System.arraycopy(commands, 1, commands, 0, --count);
            commands[count] = null;
        }
        return first;
    }

    /** Removes and returns all. If there is no memory for that, they stay. */
    List<SchedulerCommand> takeAll() {
        if (count == 0) {
            return List.of();
        }
        List<SchedulerCommand> all = listed();
        Arrays.fill(commands, 0, count, null);
        count = 0;
        return all;
    }

    @SuppressWarnings("NullAway") // those below the count are there
    private List<SchedulerCommand> listed() {
        return count == 1 ? List.of(commands[0]) : List.of(Arrays.copyOf(commands, count));
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(commands, count));
    }
}
