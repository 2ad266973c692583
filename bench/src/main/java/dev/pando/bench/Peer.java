package dev.pando.bench;

import java.util.Locale;

/** Who is measured by {@link Peers}: ours, those of others, and two that are no pools but what pools are made of. */
enum Peer {
    PANDO("Pando", ""),
    FORK("CPython, fork", "install python3"),
    SPAWN("CPython, spawn", "install python3"),
    MP("multiprocessing.Pool", "install python3"),
    LOKY("loky", "apt-get install python3-joblib, which has it inside"),
    PEBBLE("pebble", "apt-get install python3-pebble"),
    JOBLIB("joblib", "apt-get install python3-joblib"),
    PP4J("PP4J", "mvn package, which fetches it"),
    PISCINA("Piscina (threads)", "npm install --prefix DIR piscina@5, and start this with -Dpiscina=DIR"),
    NUMPY("numpy", "apt-get install python3-numpy"),
    /** A JVM of its own that does nothing: what no pool of JVMs can be below. */
    BARE("bare JVM", "");

    final String label;
    final String howToGet;

    Peer(String label, String howToGet) {
        this.label = label;
        this.howToGet = howToGet;
    }

    /** By which programs know whom they measure. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPool() {
        return this != NUMPY && this != BARE;
    }
}
