/**
 * What workers print and log: read as bytes, cut into lines and records, told apart by task, and the last lines kept
 * for the report of a death.
 *
 * <pre>
 *    descriptor 1, 2 of the worker ──► StderrPipe ──► OutputReader ──► StreamSplitter ──► LineSink
 *       ▲                                                  │                 ├── LineSplitter, for each stream
 *       └── MarkedStream: System.err, records              └──► OutputTail   └── RecordPieces, LogDecoder
 * </pre>
 *
 * <p>One thread for each worker, {@code -output}. Start reading at {@code OutputReader}, whose drawing shows which line
 * belongs to which task.
 */
package dev.pando.internal.process.output;
