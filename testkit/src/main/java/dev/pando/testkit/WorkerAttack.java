package dev.pando.testkit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attack of a worker on its parent, as a value. Its task runs in the worker, and writes past Pando's code into the
 * worker's end of the channel, or into the memory that the two share. Linux.
 *
 * @param target a kind of message, or {@link #MEMORY}
 * @param manner what is wrong
 * @param seed decides all that is left to chance
 */
public record WorkerAttack(String target, Manner manner, long seed) implements Serializable {
    /** The target of attacks on shared memory: the page of progress, and the arrays that the worker has. */
    public static final String MEMORY = "memory";

    /** A line of {@code /proc/self/maps}: addresses, rights, offset, device, inode, file. */
    private static final Pattern FILE = Pattern.compile("^\\S+ \\S+ \\S+ (\\S+):(\\S+) (\\d+) .*$");

    private static final int FLOOD = 48 << 20;

    /** What is wrong with a message, or with shared memory. */
    public enum Manner {
        /** The message is whole, and its fields lie. */
        FORGED,
        /** A thread that was left behind sends the message, or the worker sends it while it starts. */
        WRONG_TIME,
        /** The message comes among all others, shuffled. */
        WRONG_ORDER,
        /** The message comes some hundred times. */
        REPEATED,
        /** The worker stops or loops in its place. */
        WITHHELD,
        /** The message comes until 48 MiB are written. */
        FLOOD,
        /** The message is cut off, and then nothing comes, or something else. */
        HALF,
        /** Memory is cut off. */
        TRUNCATED,
        /** All bytes of memory are replaced. */
        REPLACED,
        /** Some bytes of memory are replaced. */
        FLIPPED;

        private boolean isOfMemory() {
            return compareTo(HALF) > 0;
        }
    }

    /** Returns an attack of each manner by each message that a worker can send, and on shared memory. */
    public static List<WorkerAttack> all(long seed) {
        List<WorkerAttack> attacks = new ArrayList<>();
        for (Manner manner : Manner.values()) {
            for (String target : manner.isOfMemory() ? List.of(MEMORY) : HostileFields.kinds()) {
                attacks.add(new WorkerAttack(target, manner, seed * 1_000 + attacks.size()));
            }
        }
        return attacks;
    }

    /** Returns whether the attack is for the initializer of a worker, and not for a task. */
    public boolean isEarly() {
        return manner == Manner.WRONG_TIME && seed % 2 == 0;
    }

    /**
     * Attacks, in the worker. Returns something, throws, or never returns.
     *
     * @throws IllegalStateException as the end of some attacks
     * @throws Exception the worker's end of the channel could not be written, or its memory not be spoilt
     */
    public Object strike() throws Exception {
        HostileFields fields = new HostileFields(seed);
        switch (manner) {
            case FORGED -> say(fields.frame(target));
            case WRONG_TIME -> {
                if (!isEarly()) {
                    linger(fields);
                    return "well";
                }
                say(fields.frame(target));
            }
            case WRONG_ORDER -> {
                List<String> kinds = new ArrayList<>(HostileFields.kinds());
                Collections.shuffle(kinds, new Random(seed));
                kinds.addFirst(target);
                for (String kind : kinds) {
                    say(fields.frame(kind));
                }
            }
            case REPEATED -> {
                byte[] frame = fields.frame(target);
                for (int i = 2 + fields.below(100); i > 0; i--) {
                    say(frame);
                }
            }
            case WITHHELD -> withhold(fields);
            case FLOOD -> flood(fields);
            case HALF -> {
                byte[] frame = fields.frame(target);
                say(Arrays.copyOf(frame, fields.below(frame.length)));
            }
            case TRUNCATED, REPLACED, FLIPPED -> spoil(fields);
        }
        return end(fields);
    }

    private static void say(byte[] bytes) throws IOException {
        try (OutputStream channel = new FileOutputStream("/dev/fd/4")) {
            channel.write(bytes);
        }
    }

    private Object end(HostileFields fields) throws Exception {
        switch (fields.below(5)) {
            case 0 -> Runtime.getRuntime().halt(fields.below(3));
            case 1 -> throw new IllegalStateException("after an attack");
            case 2 -> loop();
            default -> {}
        }
        return "well";
    }

    /** Speaks while the worker rests, or runs what comes next. */
    private void linger(HostileFields fields) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int i = 0; i < 50; i++) {
                    LockSupport.parkNanos(2_000_000);
                    say(fields.frame(target));
                }
            } catch (IOException | ReflectiveOperationException ended) {
                // the parent reads no more
            }
        });
    }

    /** Says what comes before the message, and then nothing. */
    private void withhold(HostileFields fields) throws Exception {
        for (String before : List.of("Began", "Ended", "Seen")) {
            if (before.equals(target)) {
                break;
            }
            say(fields.frame(before));
        }
        if (fields.below(2) == 0) {
            new ProcessBuilder("/bin/sh", "-c", "kill -STOP $PPID").start();
        }
        loop();
    }

    private static void loop() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException deaf) {
                // a worker that obeyed would be no attacker
            }
        }
    }

    private void flood(HostileFields fields) throws Exception {
        try (OutputStream channel = new FileOutputStream("/dev/fd/4")) {
            for (int written = 0; written < FLOOD; ) {
                byte[] frame = fields.frame(target);
                channel.write(frame);
                written += frame.length;
            }
        }
    }

    /** Spoils all memory of the parent that this worker has mapped, which is what it was given. */
    private void spoil(HostileFields fields) throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        Set<String> mapped = lentMemory();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + parent + "/fd"))) {
            for (Path descriptor : descriptors) {
                spoil(descriptor, mapped, fields);
            }
        }
    }

    /**
     * Returns the files of all memory that the parent has lent to this worker. Not those of its jars and its archive,
     * which workers of other programs have mapped as well.
     */
    static Set<String> lentMemory() throws IOException {
        Set<String> files = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (line.contains("pando-memory-")) {
                files.add(fileOf(line));
            }
        }
        return files;
    }

    /** Returns device and inode: by its inode alone, a file of another device could be taken for it. */
    private static String fileOf(String line) {
        Matcher file = FILE.matcher(line);
        if (!file.matches()) {
            throw new IllegalStateException("a line of another form: " + line);
        }
        int minor = Integer.parseInt(file.group(2), 16);
        long device = Long.parseLong(file.group(1), 16) << 8 | (minor & 0xff) | (minor & ~0xff) << 12; // as stat has it
        return device + " " + file.group(3);
    }

    private void spoil(Path descriptor, Set<String> mapped, HostileFields fields) {
        try {
            if (!Files.isRegularFile(descriptor)
                    || !mapped.contains(Files.getAttribute(descriptor, "unix:dev") + " "
                            + Files.getAttribute(descriptor, "unix:ino"))) {
                return;
            }
            try (RandomAccessFile file = new RandomAccessFile(descriptor.toString(), "rw")) {
                spoil(file, fields);
            }
        } catch (IOException refused) {
            // what is sealed, or was closed meanwhile
        }
    }

    private void spoil(RandomAccessFile file, HostileFields fields) throws IOException {
        long length = file.length();
        if (manner == Manner.TRUNCATED) {
            file.setLength(fields.below(2) == 0 ? 0 : length / 2);
            return;
        }
        for (long at = 0; at < Math.min(length, 1 << 20); at++) {
            if (manner == Manner.REPLACED || fields.below(16) == 0) {
                file.seek(at);
                file.write(fields.below(256));
            }
        }
    }
}
