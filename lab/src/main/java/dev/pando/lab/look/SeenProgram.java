package dev.pando.lab.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another program at one moment.
 *
 * @param blocked threads that wait for locks of each other; empty where they were not asked for
 */
record SeenProgram(SeenRecord facts, List<SeenPool> pools, List<SeenRecord> blocked) {

    /** @param answers the records of each copy of Pando in the program */
    static SeenProgram of(List<List<SeenRecord>> answers) {
        List<SeenPool> pools = new ArrayList<>();
        List<SeenRecord> blocked = new ArrayList<>();
        SeenRecord facts = new SeenRecord("program", Map.of());
        for (int copy = 0; copy < answers.size(); copy++) {
            Map<Long, SeenPool> known = new LinkedHashMap<>();
            SeenStack stack = SeenStack.of(List.of());
            for (SeenRecord record : answers.get(copy)) {
                SeenPool pool = known.get(record.number("pool"));
                if (record.is("program")) {
                    facts = record;
                } else if (record.is("pool")) {
                    known.put(
                            record.number("pool"),
                            new SeenPool(
                                    copy,
                                    record,
                                    new ArrayList<>(),
                                    new ArrayList<>(),
                                    new ArrayList<>(),
                                    new ArrayList<>(),
                                    new ArrayList<>(),
                                    new LinkedHashMap<>()));
                } else if (record.is("frame")) {
                    stack.add(record);
                } else if (record.is("blocked") && copy == 0) {
                    blocked.add(record); // each copy tells of the whole program
                } else if (pool != null) {
                    stack = file(record, pool, stack);
                }
            }
            pools.addAll(known.values());
        }
        return new SeenProgram(facts, pools, blocked);
    }

    /** Puts a record where it belongs. Returns the stack of the frames that follow. */
    private static SeenStack file(SeenRecord record, SeenPool pool, SeenStack stack) {
        if (record.is("worker")) {
            pool.workers().add(record);
        } else if (record.is("shared")) {
            pool.shared().add(record);
        } else if (record.is("node")) {
            pool.nodes().add(record);
        } else if (record.is("task")) {
            (record.has("started") ? pool.running() : pool.waiting()).add(record);
        } else if (record.is("stack")) {
            SeenStack begun = SeenStack.begun(record);
            pool.stacks().put(record.number("task"), begun);
            return begun;
        }
        return stack;
    }
}
