package dev.pando;

import java.util.OptionalLong;

/**
 * Something that tasks share at one moment: how full it is and how many wait at it, and nothing of what is in it.
 * What is not known of this kind is absent and never zero.
 *
 * @param kind {@code queue}, {@code lock}, {@code counter}, {@code semaphore}, {@code barrier}, {@code event},
 *     {@code value}, {@code map}, or {@code actor}; a pipe is two queues, and actors and streams have some
 * @param name the kind and a number, counted up in the program; of an actor, its own name
 * @param size how many items are in a queue, entries in a map, permits left in a semaphore, calls waiting for an actor
 * @param bound how many there may be
 * @param waiting how many callers wait at it: to put, to take, to lock, to meet
 */
public record SharedInfo(String kind, String name, OptionalLong size, OptionalLong bound, int waiting) {}
