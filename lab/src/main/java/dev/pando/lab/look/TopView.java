package dev.pando.lab.look;

import java.util.List;

/** What the lines below the pools are; Tab goes from one to the next. */
enum TopView {
    TASKS("top.tasks-are", "top.keys", TopOrder.OF_TASKS),
    WORKERS("top.workers-are", "top.keys-workers", TopOrder.OF_WORKERS),
    SHARED("top.shared-are", "top.keys-shared", TopOrder.OF_SHARED);

    /** The key of the message that says how many lines there are. */
    final String heading;

    /** The key of the message that names the keys. */
    final String keys;

    final List<TopOrder> orders;

    TopView(String heading, String keys, List<TopOrder> orders) {
        this.heading = heading;
        this.keys = keys;
        this.orders = orders;
    }

    TopView next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
