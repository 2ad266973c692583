package dev.pando.internal.inspect;

import dev.pando.internal.pool.OpenPools;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * Answers one tool until that tool closes its socket. The program connects and the tool listens, in a folder that
 * belongs to its user alone: nothing of the program can be called from outside, and nothing stays behind.
 *
 * <p>A question is a word and two numbers. {@code state} and a bound: all pools. {@code dump} and a bound: the same,
 * and all stacks. {@code stack}, a pool and a task: one stack.
 */
public final class InspectorThread extends Thread {
    /** The next version of the questions, if their meaning changes. New fields of an answer need none. */
    private static final int VERSION = 1;

    private final SocketChannel channel;
    private final int copies;

    private InspectorThread(SocketChannel channel, int copies) {
        super(null, null, "pando-inspector", 0, false);
        setDaemon(true);
        this.channel = channel;
        this.copies = copies;
    }

    /**
     * Called by the agent of the tool, on a thread of the JVM.
     *
     * @param socket the path of the tool's socket
     * @param copies how many copies of Pando, each with a class loader of its own, answer in this program
     */
    public static void begin(String socket, int copies) throws IOException {
        new InspectorThread(SocketChannel.open(UnixDomainSocketAddress.of(socket)), copies).start();
    }

    @Override
    public void run() {
        try (channel) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            RecordWriter out =
                    new RecordWriter(new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))));
            out.begin("greeting")
                    .field("version", VERSION)
                    .field("copies", copies)
                    .field("pools", OpenPools.all().size())
                    .end();
            out.endAnswer();
            while (true) {
                answer(in.readUTF(), in.readLong(), in.readLong(), out);
            }
        } catch (IOException toolHasGone) {
            // and so does this thread
        } catch (InterruptedException | OutOfMemoryError closing) {
            // the tool sees the end of its stream
        }
    }

    private static void answer(String question, long first, long second, RecordWriter out)
            throws IOException, InterruptedException {
        ProgramRecords records = new ProgramRecords(out);
        switch (question) {
            case "state" -> records.state(Math.toIntExact(first));
            case "dump" -> {
                records.state(Math.toIntExact(first));
                records.stacks(Math.toIntExact(first));
            }
            case "stack" -> records.stack(first, second);
            default -> out.begin("unknown").end();
        }
        out.endAnswer();
    }
}
