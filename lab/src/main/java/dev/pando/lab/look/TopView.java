package dev.pando.lab.look;

import java.util.List;

/** What the lines below the pools are; Tab goes from one to the next. */
enum TopView {
    TASKS("top.tasks-are", "top.keys"),
    WORKERS("top.workers-are", "top.keys-workers"),
    SHARED("top.shared-are", "top.keys-shared"),
    NODES("top.nodes-are", "top.keys-nodes");

    /** The key of the message that says how many lines there are. */
    final String heading;

    /** The key of the message that names the keys. */
    final String keys;

    TopView(String heading, String keys) {
        this.heading = heading;
        this.keys = keys;
    }

    List<TopOrder> orders() {
        return switch (this) {
            case TASKS -> TopOrder.OF_TASKS;
            case WORKERS -> TopOrder.OF_WORKERS;
            case SHARED -> TopOrder.OF_SHARED;
            case NODES -> TopOrder.OF_NODES;
        };
    }

    /** Returns whether only some programs have anything of it. */
    boolean isForSome() {
        return this == SHARED || this == NODES;
    }

    TopView next() {
        return switch (this) {
            case TASKS -> WORKERS;
            case WORKERS -> SHARED;
            case SHARED -> NODES;
            case NODES -> TASKS;
        };
    }
}
