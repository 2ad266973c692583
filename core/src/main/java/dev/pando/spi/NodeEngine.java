package dev.pando.spi;

import java.util.List;

/**
 * An engine whose workers stand on nodes: programs of other machines, which may serve other programs too. Optional:
 * tools ask it, and nothing on the way of a task does.
 */
public interface NodeEngine extends Engine {

    /** Returns the nodes that take tasks, or still have some. May wait half a second for what they say. */
    List<NodeFacts> nodes();
}
