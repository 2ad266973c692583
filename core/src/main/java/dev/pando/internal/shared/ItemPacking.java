package dev.pando.internal.shared;

/** What a table keeps of an item, so that it can travel to the pool's workers. Any thread. */
public interface ItemPacking {
    /** For workers that are threads of this program: the item itself. */
    ItemPacking NONE = new ItemPacking() {
        @Override
        public Object pack(Object item) {
            return item;
        }

        @Override
        public Object unpack(Object kept) {
            return kept;
        }
    };

    /**
     * Returns what is kept.
     *
     * @throws dev.pando.NotSendableException the item cannot travel
     */
    Object pack(Object item);

    /**
     * Returns the item.
     *
     * @throws dev.pando.NotSendableException this program does not accept the item
     */
    Object unpack(Object kept);
}
