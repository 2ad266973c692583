/**
 * A compact format for what is small and common: strings, boxed numbers, records, lambdas whose template both sides
 * know. A value that it cannot say sends the whole message through Java serialisation. The formats of classes are
 * cached by class.
 *
 * <pre>
 *    CompactFormat ── CompactWriter ── LambdaTemplate
 *                  └─ CompactReader ── CompactFormatCache ── LambdaReader, RecordReader
 * </pre>
 *
 * <p>No thread. Start reading at {@code CompactFormat}, which has the format on one screen.
 */
package dev.pando.internal.codec.compact;
