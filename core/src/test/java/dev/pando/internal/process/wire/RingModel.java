package dev.pando.internal.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.wire.RingPage.RingRest;
import dev.pando.internal.process.wire.RingPage.RingStep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A ring, a worker that puts in, one that takes out, and the program that opens and seizes it, in every order of their
 * instructions. A program that has made some instructions is the list of what they returned: it is run again from its
 * beginning with these, then makes one more, and is left. A worker that dies is one that makes no further instruction,
 * which is part of each order.
 */
final class RingModel {
    /** How often the worker tries to put its next item in, or to take one. */
    private static final int PUTS = 2;

    private static final int TAKES = 2;

    private final int inTable;
    private final int limit;
    private final ByteBuffer ringOfLimit = ByteBuffer.allocateDirect(RingPage.RING_BYTES);
    private final Set<Long> seen = new HashSet<>();

    /** How much was put in and taken out, for each end that was found. */
    final Set<String> endings = new HashSet<>();

    /** @param inTable how many items are in the table when the ring is opened first */
    RingModel(int inTable, int limit) {
        this.inTable = inTable;
        this.limit = limit;
        var _ = new RingPage(ringOfLimit, limit);
    }

    /** The memory, and how far each of the three is. */
    private static final class Moment {
        final Map<Integer, Object> memory = new HashMap<>();
        final List<List<Object>> done = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        /** What was put in, in order, and what was taken out. */
        final List<String> put = new ArrayList<>();

        final List<String> taken = new ArrayList<>();

        Moment copy() {
            Moment copy = new Moment();
            copy.memory.putAll(memory);
            for (int i = 0; i < done.size(); i++) {
                copy.done.get(i).addAll(done.get(i));
            }
            copy.put.addAll(put);
            copy.taken.addAll(taken);
            return copy;
        }

        /** Returns a number that two of a million moments are not likely to share. */
        long key() {
            long key = 0;
            for (Map.Entry<Integer, Object> each : memory.entrySet()) {
                key += mixed(31L * each.getKey() + mixed(each.getValue().hashCode()));
            }
            for (List<Object> each : done) {
                for (Object value : each) {
                    key = mixed(key + value.hashCode());
                }
                key = mixed(key + each.size());
            }
            return key;
        }

        private static long mixed(long number) {
            long mixed = (number ^ number >>> 32) * 0x9e3779b97f4a7c15L;
            return (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        }
    }

    /** A program has made its instruction. */
    private static final class LeftOff extends RuntimeException {
        private static final long serialVersionUID = 1;

        LeftOff() {
            super(null, null, false, false);
        }
    }

    /** The ring as one program has it, which makes one instruction more than it has made. */
    private static final class SteppedRing extends RingPage {
        private final Moment moment;
        private final List<Object> done;
        private int at;
        private byte[] read = {};
        private byte[] written = {};

        SteppedRing(ByteBuffer ringOfLimit, Moment moment, int program) {
            super(ringOfLimit);
            this.moment = moment;
            this.done = moment.done.get(program);
        }

        private interface Instruction {
            Object make();
        }

        private Object next(Instruction instruction) {
            if (at < done.size()) {
                return done.get(at++);
            }
            done.add(instruction.make());
            throw new LeftOff();
        }

        private long word(int word) {
            return (long) moment.memory.getOrDefault(word, FROZEN);
        }

        @Override
        long get(int word) {
            return (long) next(() -> word(word));
        }

        @Override
        boolean swap(int word, long from) {
            return (boolean) next(() -> {
                if (word(word) != from) {
                    return false;
                }
                moment.memory.put(word, from + 1);
                if (word == PUT) {
                    assertThat(from + 1 - (word(TAKEN) & ~FROZEN)).isLessThanOrEqualTo(limit());
                    moment.put.add(new String(written));
                } else {
                    moment.taken.add(new String(read));
                }
                return true;
            });
        }

        /** An item is put in by message. */
        String arrive(String item) {
            next(() -> moment.put.add(item));
            return item;
        }

        @Override
        long freeze(int word) {
            return (long) next(() -> {
                long before = word(word);
                moment.memory.put(word, before | FROZEN);
                return before;
            });
        }

        @Override
        void set(int word, long number) {
            next(() -> {
                moment.memory.put(word, number);
                return 0;
            });
        }

        @Override
        int length(int place) {
            return (int) next(() -> moment.memory.getOrDefault(place, 0));
        }

        @Override
        void setLength(int place, int length) {
            next(() -> {
                moment.memory.put(place, length);
                return 0;
            });
        }

        /** As long as it is said to be, even if another item lies there by now. */
        @Override
        byte[] bytes(int place, int length) {
            String text = (String) next(() -> {
                String here = (String) moment.memory.getOrDefault(place, "");
                return here.length() == length ? here : "torn";
            });
            read = text.getBytes();
            return read;
        }

        @Override
        void setBytes(int place, byte[] bytes) {
            written = bytes;
            next(() -> {
                moment.memory.put(place, new String(bytes));
                return 0;
            });
        }
    }

    /** Looks at all that can come of it. */
    void explore() {
        Moment begin = new Moment();
        begin.memory.put(RingPage.OLD_PUT, 0L);
        for (int word : new int[] {RingPage.PUT, RingPage.TAKEN, RingPage.OLD_TAKEN}) {
            begin.memory.put(word, RingPage.FROZEN);
        }
        for (int i = 0; i < inTable; i++) {
            begin.put.add("old" + i);
        }
        List<Moment> left = new ArrayList<>(List.of(begin));
        while (!left.isEmpty()) {
            Moment moment = left.removeLast();
            for (int program = 0; program < 3; program++) {
                Moment next = moment.copy();
                if (step(next, program) && seen.add(next.key())) {
                    left.add(next);
                }
            }
        }
    }

    /** Makes one instruction of this program. Returns false if it has ended. */
    private boolean step(Moment moment, int program) {
        SteppedRing ring = new SteppedRing(ringOfLimit, moment, program);
        try {
            switch (program) {
                case 0 -> putAll(ring);
                case 1 -> takeAll(ring);
                default -> check(moment, openAndSeize(ring));
            }
            return false;
        } catch (LeftOff left) {
            return true;
        }
    }

    /** Each item has a length of its own, so that a mixture of two is seen. */
    private static void putAll(SteppedRing ring) {
        int item = 1;
        for (int i = 0; i < PUTS; i++) {
            boolean hasRoom = i > 0 && ring.isHalfFree();
            RingStep step = ring.put("x".repeat(item).getBytes());
            if (step == RingStep.DONE) {
                item++;
            } else if (hasRoom) {
                assertThat(step).as("what there was room for").isEqualTo(RingStep.ASK);
            }
        }
    }

    private static void takeAll(SteppedRing ring) {
        for (int i = 0; i < TAKES; i++) {
            byte[] item = ring.take();
            assertThat(item == null ? "" : new String(item)).doesNotContain("torn");
        }
    }

    /** As the table does it: opens, seizes, opens with what was left, seizes. Returns what is in the table then. */
    private List<String> openAndSeize(SteppedRing ring) {
        List<String> table = new ArrayList<>();
        for (int i = 0; i < inTable; i++) {
            table.add("old" + i);
        }
        for (int i = 0; i < 2; i++) {
            List<String> old = table.subList(0, Math.min(limit, table.size()));
            boolean isWhole = old.size() == table.size();
            ring.open(old.stream().map(String::getBytes).toList(), isWhole);
            RingRest rest = ring.seize();
            assertThat(rest).isNotNull();
            List<String> now = new ArrayList<>(table.subList(rest.oldTaken(), table.size()));
            rest.items().forEach(each -> now.add(new String(each)));
            table = now;
            table.add(ring.arrive("message " + i));
        }
        return table;
    }

    /** The program is at its end, and the workers are anywhere. */
    private void check(Moment moment, List<String> table) {
        List<String> all = new ArrayList<>(moment.taken);
        all.addAll(table);
        assertThat(all).as("what was taken, and is in the table").isEqualTo(moment.put);
        endings.add(moment.put.size() + " in, " + moment.taken.size() + " out");
    }
}
