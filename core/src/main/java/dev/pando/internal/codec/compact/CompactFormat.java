package dev.pando.internal.codec.compact;

/**
 * The short form of what is sent most often: numbers, truth values, texts and absence; arrays of primitives; an
 * Optional, a path, an entry, an ArrayList of numbers that hold nothing else; lambdas of the class path that capture
 * nothing else; and our own wrappings around them. A message of anything else goes the long way, whole. The first byte
 * tells which it is: a stream of the JDK's begins otherwise.
 *
 * <pre>
 *   message   QUICK value
 *   value     NULL | TRUE | FALSE | BYTE b | SHORT s | CHAR c | INT i | LONG l | FLOAT f | DOUBLE d
 *             LATIN length bytes | WIDE length chars
 *             ARRAY length value...                     an Object[] without another reference
 *             NUMBERS kind length bytes...              the same, if it is long and all are Integers, Longs or Doubles
 *             PRIMITIVES kind length bytes...           nowhere else in this message
 *             LIST length value...      an ArrayList of numbers, truth values and absence, nowhere else in this message
 *             CONTENT kind value        an Optional or a path, by the letter of SentValue
 *             CONTENT 'e' key value     a Map.entry
 *             RECORD length name value...               a wrapping of ours, by the name of its class
 *             LAMBDA length template value...           what it captures, after what all of its kind have in common
 * </pre>
 *
 * <p>A list of numbers has this form because Java serialisation makes an entry of a table for each of them, which took
 * six seconds for ten million. A list of texts does not: a text that is in it twice must not be sent twice.
 *
 * <p>What is told apart by identity occurs once, or else the message goes the long way: what was one object arrives as
 * one. Nothing is remembered from one message to the next but what a template means.
 */
public final class CompactFormat {
    static final byte QUICK = 'Q';

    static final byte NULL = 0;
    static final byte TRUE = 1;
    static final byte FALSE = 2;
    static final byte BYTE = 3;
    static final byte SHORT = 4;
    static final byte CHAR = 5;
    static final byte INT = 6;
    static final byte LONG = 7;
    static final byte FLOAT = 8;
    static final byte DOUBLE = 9;
    static final byte LATIN = 10;
    static final byte WIDE = 11;
    static final byte ARRAY = 12;
    static final byte RECORD = 13;
    static final byte LAMBDA = 14;
    static final byte PRIMITIVES = 15;
    static final byte CONTENT = 16;
    static final byte LIST = 17;
    static final byte NUMBERS = 18;

    private CompactFormat() {}

    public static boolean is(byte[] bytes, int offset, int length) {
        return length > 0 && bytes[offset] == QUICK;
    }
}
