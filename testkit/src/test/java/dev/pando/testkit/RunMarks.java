package dev.pando.testkit;

import dev.pando.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in which tasks of any worker process count their runs: each in the byte at the place of its number. */
record RunMarks(Path file) {

    /** The worker's. It stays open, because the tasks must be short. */
    private static FileChannel open;

    /** Makes the file, for tasks with the numbers from 0 to {@code many - 1}, none of which has run. */
    static RunMarks of(Path file, int many) throws IOException {
        Files.write(file, new byte[many]);
        return new RunMarks(file);
    }

    /** Returns a task that counts its run, and returns its number. */
    Task<Integer> task(int number) {
        String path = file.toString();
        return () -> leave(path, number);
    }

    private static int leave(String path, int number) throws IOException {
        if (open == null) {
            open = FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        ByteBuffer mark = ByteBuffer.allocate(1);
        open.read(mark, number);
        mark.put(0, (byte) (mark.get(0) + 1)).rewind();
        open.write(mark, number);
        return number;
    }

    /** Returns how often each task has run. */
    byte[] runs() throws IOException {
        return Files.readAllBytes(file);
    }
}
