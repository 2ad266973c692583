package dev.pando.shipping;

/**
 * Where a class is defined, and its class file.
 *
 * @param definer the number of the defining loader; {@link #NOWHERE} if there is no such class
 * @param digest what the file is known by, or empty: of a class that every machine has, or the reason for
 *     {@link #NOWHERE}
 * @param file the bytes; none if this machine was sent a file of this digest before
 */
@SuppressWarnings("ArrayRecordComponent") // shipped, and never compared
public record ShippedClass(int definer, String digest, byte[] file) {
    /** In the place of a number: no such class. */
    public static final int NOWHERE = -1;

    /** Returns whether the class is the JDK's or Pando's own, which no machine needs to be sent. */
    public boolean isEverywhere() {
        return definer == 0 && digest.isEmpty();
    }
}
