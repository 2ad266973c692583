package dev.pando.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A network of two machines: a network namespace, and a cable to it that a test can pull. Needs the rights of root. */
final class SeveredNetwork implements AutoCloseable {
    private final String namespace = "pando-" + ProcessHandle.current().pid();
    private final String cable = "pd" + ProcessHandle.current().pid();
    private final String network = "198.18." + ProcessHandle.current().pid() % 250;

    /** Makes one. The test is skipped where it cannot be made. */
    static SeveredNetwork make() {
        SeveredNetwork made = new SeveredNetwork();
        boolean could = made.ip("netns", "add", made.namespace);
        assumeTrue(could, "this system lets a test make a network namespace (ip netns add)");
        could = made.ip("link", "add", made.cable, "type", "veth", "peer", "name", "far", "netns", made.namespace)
                && made.ip("address", "add", made.here() + "/24", "dev", made.cable)
                && made.ip("link", "set", made.cable, "up")
                && made.there("link", "set", "lo", "up")
                && made.there("address", "add", made.there() + "/24", "dev", "far")
                && made.there("link", "set", "far", "up");
        if (!could) {
            made.close();
        }
        assumeTrue(could, "this system lets a test make a pair of network devices (ip link add type veth)");
        return made;
    }

    /** Returns the address on the test's side. */
    String here() {
        return network + ".1";
    }

    /** Returns the address on the other side. */
    String there() {
        return network + ".2";
    }

    /** Returns the beginning of a command that is to run on the other side. */
    List<String> otherSide() {
        return List.of("ip", "netns", "exec", namespace);
    }

    void cut() {
        if (!there("link", "set", "far", "down")) {
            throw new AssertionError("the network cannot be cut");
        }
    }

    void heal() {
        if (!there("link", "set", "far", "up")) {
            throw new AssertionError("the network cannot be healed");
        }
    }

    private boolean there(String... command) {
        List<String> whole = new ArrayList<>(List.of("-n", namespace));
        whole.addAll(List.of(command));
        return ip(whole.toArray(String[]::new));
    }

    private boolean ip(String... command) {
        List<String> whole = new ArrayList<>(List.of("/usr/bin/env", "ip"));
        whole.addAll(List.of(command));
        try {
            return new ProcessBuilder(whole).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes all away, the cable with its end. */
    @Override
    public void close() {
        if (!ip("netns", "del", namespace)) {
            throw new AssertionError("the network namespace " + namespace + " stays behind");
        }
    }
}
