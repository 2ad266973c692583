package dev.pando.bench;

import java.util.Locale;

/** What {@link Peers} measures: Pando, pools of others, and two that are no pools but what pools are built from. */
enum PeerKind {
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
    /** A separate JVM that does nothing: the lower bound of any pool of JVMs. */
    BARE("bare JVM", "");

    final String label;
    final String howToGet;

    PeerKind(String label, String howToGet) {
        this.label = label;
        this.howToGet = howToGet;
    }

    /** Returns the name by which programs know the peer. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPool() {
        return this != NUMPY && this != BARE;
    }
}
