package dev.pando.internal.process.wire;

/** The bounds of what a worker may say: a worker keeps them, and its parent ends a worker that does not. */
public final class MessageLimits {
    /** How many questions of one kind, for classes or for memory, a worker may have open: its other threads wait. */
    public static final int OPEN_QUESTIONS = 32;

    /** How many calls to shared constructs a worker may have open: a further one is refused in the worker. */
    public static final int OPEN_CALLS = 1024;

    /** How many answers to questions of both kinds may wait in the parent because the worker does not read. */
    public static final int UNREAD_ANSWERS = 2 * OPEN_QUESTIONS;

    /** How many bytes those answers may have, but for the last: more than so many class files have, all at once. */
    public static final int UNREAD_BYTES = OPEN_QUESTIONS << 20;

    /** The longest name of a class that a worker asks for: no class file has a longer one. */
    public static final int CLASS_NAME = 65_535;

    /** The most bytes of a question for a class. */
    static final int QUESTION_BYTES = 3 * CLASS_NAME + 16;

    /** The most bytes that tell where a run is. */
    static final int STACK_BYTES = 1 << 20;

    /** The most frames that tell where a run is: as many as a JVM tells, if it is not told otherwise. */
    static final int STACK_FRAMES = 1024;

    /** The most bytes that tell what came of an order about a recording: a path, and a reason. */
    static final int TOLD_BYTES = 1 << 16;

    /** What a frame may take beside what is packed in it: numbers and texts. */
    private static final int REST_BYTES = 1 << 20;

    private MessageLimits() {}

    /** Returns how many bytes an answer may take, packed: together with what is unpacked it has to fit the heap. */
    public static int answerBytes(long heap) {
        return Math.clamp(heap / 2, REST_BYTES, FrameReader.LARGEST_FRAME - REST_BYTES);
    }

    /** Returns how many bytes the frame of such an answer may have. */
    public static int frameBytes(long heap) {
        return answerBytes(heap) + REST_BYTES;
    }

    /** Returns a text that leaves room for the others in a frame. */
    public static String shorten(String text) {
        return text.length() <= REST_BYTES >> 3 ? text : text.substring(0, REST_BYTES >> 3) + "...";
    }
}
