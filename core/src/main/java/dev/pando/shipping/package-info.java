/**
 * Work, results and classes as bytes, for a backend whose workers are on other machines. The same codec and the same
 * checks as between a program and its worker processes.
 *
 * <pre>
 *      the program                                         a worker
 *   ShippingCodec.pack ──── ShippedWork.bytes ────► ShippingCodec.unpack
 *   ShippingCodec.decode ◄──────── bytes ────────── ShippingCodec.encode
 *   ProgramClasses.find ◄── "which class is this?" ── LoaderTable
 * </pre>
 *
 * <p>Class loaders travel as numbers. Number 0 is the loader of the program's class path; the JDK and Pando itself are
 * everywhere, and travel with no number that is asked for.
 *
 * <p>Neither side checks what the other passes: a {@code null} where the type has none ends in a
 * {@link NullPointerException} sooner or later.
 *
 * <p>Start reading at {@link dev.pando.shipping.ShippingCodec}.
 */
package dev.pando.shipping;
