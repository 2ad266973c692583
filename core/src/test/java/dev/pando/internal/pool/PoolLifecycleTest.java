package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolLifecycleTest {

    @Test
    void goesOnlyForwardFromEveryStateToEveryOther() throws Exception {
        for (PoolState from : PoolState.values()) {
            for (PoolState to : PoolState.values()) {
                PoolLifecycle lifecycle = new PoolLifecycle();
                lifecycle.advance(from);
                boolean forward = to.compareTo(from) > 0;
                assertThat(lifecycle.advance(to)).as(from + " to " + to).isEqualTo(forward);
                assertThat(lifecycle.state()).isEqualTo(forward ? to : from);
                assertThat(lifecycle.isOpen()).isEqualTo(lifecycle.state() == PoolState.OPEN);
                assertThat(lifecycle.awaitClosed(0)).isEqualTo(lifecycle.state() == PoolState.CLOSED);
            }
        }
    }

    @Test
    void onlyTheFirstAdvanceToAStateReturnsTrue() {
        PoolLifecycle lifecycle = new PoolLifecycle();
        assertThat(lifecycle.advance(PoolState.CLOSING)).isTrue();
        assertThat(lifecycle.advance(PoolState.CLOSING)).isFalse();
        assertThat(lifecycle.advance(PoolState.OPEN)).isFalse();
        assertThat(lifecycle.state()).isEqualTo(PoolState.CLOSING);
    }

    @Test
    void breaksOnceInAnyStateAndKeepsTheFirstReason() {
        for (PoolState state : PoolState.values()) {
            PoolLifecycle lifecycle = new PoolLifecycle();
            lifecycle.advance(state);
            Throwable first = new Exception("first");
            assertThat(lifecycle.broken()).isNull();
            assertThat(lifecycle.breakDown(first)).isTrue();
            assertThat(lifecycle.breakDown(new Exception("second"))).isFalse();
            assertThat(lifecycle.broken()).isSameAs(first);
            assertThat(lifecycle.state()).isEqualTo(state);
        }
    }

    @Test
    void closingWakesTheThreadsThatAwaitIt() throws Exception {
        PoolLifecycle lifecycle = new PoolLifecycle();
        boolean[] closed = new boolean[1];
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                closed[0] = lifecycle.awaitClosed(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        lifecycle.advance(PoolState.KILLED);
        assertThat(waiter.isAlive()).isTrue();
        lifecycle.advance(PoolState.CLOSED);
        waiter.join();
        assertThat(closed[0]).isTrue();
    }
}
