package dev.pando.lab.language;

/** A value in a message that is put into words, and so differs from language to language. */
@FunctionalInterface
public interface WordedValue {

    /** Returns the words. */
    String in(MessageBook messages);
}
