package dev.pando.shipping;

/** The class loaders of one program, by number, as a worker elsewhere knows them. Any thread may ask. */
public interface LoaderTable {

    /** Returns the number of the loader of this class, which is never an array; 0 for the JDK, Pando, and home. */
    int numberOf(Class<?> type);

    /**
     * Returns the loader of this number, which is not 0.
     *
     * @throws ClassNotFoundException there is none
     */
    ClassLoader numbered(int number) throws ClassNotFoundException;
}
