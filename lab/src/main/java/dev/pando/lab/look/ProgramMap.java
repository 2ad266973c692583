package dev.pando.lab.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program at one moment as maps and lists, from which JSON is made: fields of the records, by their names. */
final class ProgramMap {
    private ProgramMap() {}

    static Map<String, Object> of(SeenProgram program) {
        Map<String, Object> map = new LinkedHashMap<>(program.facts().fields());
        List<Object> pools = new ArrayList<>();
        for (SeenPool pool : program.pools()) {
            Map<String, Object> fields = without(pool.facts(), "pool");
            put(fields, "runningTasks", pool.running());
            put(fields, "waitingTasks", pool.waiting());
            put(fields, "workerList", pool.workers());
            put(fields, "sharedList", pool.shared());
            put(fields, "nodeList", pool.nodes());
            pools.add(fields);
        }
        map.put("pools", pools);
        return map;
    }

    private static void put(Map<String, Object> fields, String name, List<SeenRecord> records) {
        fields.put(name, records.stream().map(record -> without(record, "pool")).toList());
    }

    private static Map<String, Object> without(SeenRecord record, String field) {
        Map<String, Object> fields = new LinkedHashMap<>(record.fields());
        fields.remove(field);
        return fields;
    }
}
