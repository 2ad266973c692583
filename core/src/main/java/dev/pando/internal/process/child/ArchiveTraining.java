package dev.pando.internal.process.child;

import dev.pando.internal.codec.Codec;
import dev.pando.internal.process.os.OperatingSystem;
import dev.pando.internal.process.wire.FrameWriter;
import dev.pando.internal.process.wire.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A worker without a parent: it finds its commands here, runs a few tasks, and is sent home. The JDK notes what
 * it loaded on that way, so that others find it ready.
 */
final class ArchiveTraining {
    /** What lambdas of users' are: with these, a worker need not even open our jar. */
    private static final List<String> GIVEN =
            List.of("dev.pando.Task", "dev.pando.Action", "dev.pando.Fn", "dev.pando.Fn2");

    private ArchiveTraining() {}

    public static void main(String[] args) throws Exception {
        ByteArrayOutputStream commands = new ByteArrayOutputStream();
        commands.writeBytes(
                FrameWriter.frame(new Message.Hello("training", false, false, FrameWriter.LARGEST, "", new byte[0])));
        for (String type : GIVEN) {
            Class.forName(type);
        }
        OperatingSystem.here().lastProcessNumber(); // as after a task that takes its time, which none of these does
        int run = 0;
        for (byte[] task : WarmUp.tasks(new Codec())) {
            commands.writeBytes(FrameWriter.frame(new Message.Run(++run, task)));
        }
        commands.writeBytes(FrameWriter.frame(new Message.Leave()));
        WorkerMain.work(
                OperatingSystem.here(),
                new ByteArrayInputStream(commands.toByteArray()),
                OutputStream.nullOutputStream());
        Runtime.getRuntime().exit(0);
    }
}
