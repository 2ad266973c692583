package dev.pando.internal.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map. Guarded by the lock of the table. */
final class MapState extends ConstructState {
    private final Map<Object, MapEntry> entries = new HashMap<>();
    private long versions;

    private record MapEntry(Object value, long version, long cost) {}

    MapState(SharedTable table) {
        super(table, 'm');
    }

    @Override
    void handle(SharedCall call) {
        switch (call.operation) {
            case GET -> answer(call, entries.get(call.items.getFirst()));
            case PUT_ENTRY -> answer(call, put(call));
            case SWAP_ENTRY -> {
                MapEntry there = entries.get(call.items.getFirst());
                if ((there == null ? 0 : there.version) == call.amount) {
                    var _ = put(call);
                    done(call);
                } else {
                    undone(call);
                }
            }
            case REMOVE -> answer(call, remove(call.items.getFirst()));
            case MAP_SIZE -> done(call, entries.size());
            case SNAPSHOT -> {
                List<Object> all = new ArrayList<>(2 * entries.size());
                entries.forEach((key, entry) -> {
                    all.add(key);
                    all.add(entry.value);
                });
                table.end(call, CallStatus.DONE, 0, all, "");
            }
            default -> throw new AssertionError(call.operation);
        }
    }

    private void answer(SharedCall call, @Nullable MapEntry entry) {
        if (entry == null) {
            undone(call);
        } else {
            done(call, entry.version, entry.value);
        }
    }

    private @Nullable MapEntry remove(Object key) {
        MapEntry before = entries.remove(key);
        if (before != null) {
            table.budget().free(before.cost);
        }
        return before;
    }

    private @Nullable MapEntry put(SharedCall call) {
        Object key = call.items.getFirst();
        MapEntry before = remove(key);
        entries.put(key, new MapEntry(call.items.get(1), ++versions, call.countedBytes));
        call.countedBytes = 0; // they are the entry's from here on
        return before;
    }

    @Override
    long size() {
        return entries.size();
    }

    @Override
    void withdraw(SharedCall call) {}

    @Override
    void close(String why) {
        for (MapEntry entry : entries.values()) {
            table.budget().free(entry.cost);
        }
        entries.clear();
    }
}
