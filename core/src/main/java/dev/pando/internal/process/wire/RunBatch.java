package dev.pando.internal.process.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several tasks in one frame, each told by what sets it apart from the one before: mostly they begin with the same
 * lambda, and differ in what that captured. Nothing is remembered beyond the frame.
 *
 * <pre>
 *   run:4 same:4 length:4 bytes    begins like the one before, so many bytes, and then differs
 * </pre>
 */
public final class RunBatch {
    /**
     * So much may be like what came before, in all of them together: what is small on its way must not become large
     * there.
     */
    static final int LARGEST_GAIN = 1 << 20;

    private RunBatch() {}

    /** What one more takes. */
    public static int size(byte[] before, byte[] work) {
        return 12 + work.length - same(before, work);
    }

    static void write(List<Message.Run> runs, FrameWriter out) {
        byte[] before = {};
        for (Message.Run run : runs) {
            int same = same(before, run.work());
            out.number(run.run()).number(same).number(run.work().length - same).part(run.work(), same);
            before = run.work();
        }
    }

    private static int same(byte[] before, byte[] work) {
        int differs = Arrays.mismatch(before, work);
        return differs < 0 ? work.length : differs;
    }

    static List<Message.Run> read(FrameReader in) throws IOException {
        List<Message.Run> runs = new ArrayList<>();
        byte[] before = {};
        int alike = 0;
        while (in.left() > 0) {
            int run = in.number(4);
            int same = in.number(4);
            byte[] differs = in.block();
            if (same < 0 || same > before.length) {
                throw new BadFrameException("a task like the one before it for " + same + " bytes of " + before.length);
            }
            alike += same;
            if (alike > LARGEST_GAIN) {
                throw new BadFrameException("tasks that are alike for more than " + LARGEST_GAIN + " bytes");
            }
            byte[] work = Arrays.copyOf(before, same + differs.length);
            System.arraycopy(differs, 0, work, same, differs.length);
            runs.add(new Message.Run(run, work));
            before = work;
        }
        return runs;
    }
}
