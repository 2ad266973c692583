package dev.pando;

import java.io.Serializable;

/**
 * How far a task says that it is: see {@link Worker#progress}.
 *
 * @param fraction from 0 to 1
 * @param text what the task is at; may be empty
 */
public record TaskProgress(double fraction, String text) implements Serializable {}
