/**
 * What programs and nodes say to each other, as records and as bytes. Data: no thread, no connection.
 *
 * <p>Start reading at {@code NodeMessage}.
 */
package dev.pando.cluster.internal.wire;
