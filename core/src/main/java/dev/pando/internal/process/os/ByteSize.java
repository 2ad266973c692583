package dev.pando.internal.process.os;

/** An amount of memory as people write it, and as the JVM's own options take it. */
public final class ByteSize {
    private static final String UNITS = "kmgtKMGT";

    private ByteSize() {}

    /**
     * The amount in bytes; a unit is a power of 1024.
     *
     * @throws IllegalArgumentException if the text is no amount above zero that fits a {@code long}
     */
    public static long bytes(String text) {
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
        int digits = unit < 0 ? text.length() : text.length() - 1;
        int shift = unit < 0 ? 0 : 10 * (1 + unit % 4);
        long amount = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || amount > (Long.MAX_VALUE - digit) / 10) {
                throw bad(text);
            }
            amount = 10 * amount + digit;
        }
        if (amount == 0 || amount > Long.MAX_VALUE >> shift) {
            throw bad(text);
        }
        return amount << shift;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("not an amount of memory: \"" + text
                + "\"; allowed are whole bytes, or a whole number with k, m, g or t behind it, like 65536k,"
                + " 512m or 2G");
    }
}
