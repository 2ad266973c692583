/**
 * Workers that are threads of this JVM. Each backend is a value with its engine beside it.
 *
 * <p>{@link dev.pando.local.Threads}: a fixed number of platform threads, started when there is work and gone when
 * there has been none for a second. {@link dev.pando.local.Virtual}: a virtual thread for each task.
 * {@link dev.pando.local.Caller}: the submitting thread, for debugging.
 *
 * <p>A {@code null} where none belongs is refused at the call, by a {@link NullPointerException} that names the
 * parameter.
 *
 * <p>Start reading at {@code ThreadsEngine}.
 */
package dev.pando.local;
