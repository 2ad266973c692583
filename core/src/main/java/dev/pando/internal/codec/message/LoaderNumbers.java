package dev.pando.internal.codec.message;

/**
 * Names class loaders by number, so that both sides of a connection mean the same one. {@code 0} is for classes that
 * both sides find by themselves; it is not written, so that the usual class costs no byte. Asked by every thread that
 * encodes or decodes, once for each class of each message.
 */
public interface LoaderNumbers {

    /**
     * The number of the loader of this class, which is never an array; a proxy class counts by the loader it was made
     * for.
     */
    int numberOf(Class<?> type);

    /** The loader of this number, which is not {@code 0} but may be anything else if the other side lies. */
    ClassLoader numbered(int number) throws ClassNotFoundException;
}
