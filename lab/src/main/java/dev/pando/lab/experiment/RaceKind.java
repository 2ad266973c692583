package dev.pando.lab.experiment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The ways in which two threads may change one number. */
enum RaceKind {
    NOTHING("no protection") {
        @Override
        Rope tie() {
            return new Bare();
        }
    },
    MUTEX("a mutex") {
        @Override
        Rope tie() {
            return new Locked();
        }
    },
    ATOMIC("an atomic") {
        @Override
        Rope tie() {
            var number = new AtomicLong();
            return rope(
                    (times, by) -> {
                        for (long i = 0; i < times; i++) {
                            number.addAndGet(by);
                        }
                    },
                    number::get);
        }
    },
    ADDER("an adder") {
        @Override
        Rope tie() {
            var number = new LongAdder();
            return rope(
                    (times, by) -> {
                        for (long i = 0; i < times; i++) {
                            number.add(by);
                        }
                    },
                    number::sum);
        }
    },
    PARTIAL("partial sums") {
        @Override
        Rope tie() {
            Rope total = MUTEX.tie();
            return rope(
                    (times, by) -> {
                        long mine = 0;
                        for (long i = 0; i < times; i++) {
                            mine += by;
                        }
                        total.pull(1, mine);
                    },
                    total::position);
        }
    };

    final String title;

    RaceKind(String title) {
        this.title = title;
    }

    abstract Rope tie();

    /** A number that several threads change. */
    interface Rope {
        /** Adds {@code by}, {@code times} times. */
        void pull(long times, long by);

        long position();
    }

    private interface Pull {
        void pull(long times, long by);
    }

    private static Rope rope(Pull pull, LongSupplier position) {
        return new Rope() {
            @Override
            public void pull(long times, long by) {
                pull.pull(times, by);
            }

            @Override
            public long position() {
                return position.getAsLong();
            }
        };
    }

    /**
     * Reads, adds, writes. In opaque mode, because the compiler would merge the additions to a plain field into one,
     * and no race would be visible.
     */
    private static final class Bare implements Rope {
        private static final VarHandle NUMBER;

        static {
            try {
                NUMBER = MethodHandles.lookup().findVarHandle(Bare.class, "number", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings({"unused", "FieldMayBeFinal"}) // through the handle
        private long number;

        @Override
        public void pull(long times, long by) {
            for (long i = 0; i < times; i++) {
                NUMBER.setOpaque(this, (long) NUMBER.getOpaque(this) + by);
            }
        }

        @Override
        public long position() {
            return (long) NUMBER.getVolatile(this);
        }
    }

    private static final class Locked implements Rope {
        private final ReentrantLock lock = new ReentrantLock();
        private long number; // under the lock

        @Override
        public void pull(long times, long by) {
            for (long i = 0; i < times; i++) {
                lock.lock();
                try {
                    number += by;
                } finally {
                    lock.unlock();
                }
            }
        }

        @Override
        public long position() {
            lock.lock();
            try {
                return number;
            } finally {
                lock.unlock();
            }
        }
    }
}
