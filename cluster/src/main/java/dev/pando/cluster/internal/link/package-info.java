/** What programs and nodes have in common beside the wire: how letters leave, and which version this is. */
package dev.pando.cluster.internal.link;
