package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Life.State;
import org.junit.jupiter.api.Test;

class LifeTest {

    @Test
    void goesOnlyForwardFromEveryStateToEveryOther() throws Exception {
        for (State from : State.values()) {
            for (State to : State.values()) {
                Life life = new Life();
                life.advance(from);
                boolean forward = to.compareTo(from) > 0;
                assertThat(life.advance(to)).as(from + " to " + to).isEqualTo(forward);
                assertThat(life.state()).isEqualTo(forward ? to : from);
                assertThat(life.isOpen()).isEqualTo(life.state() == State.OPEN);
                assertThat(life.awaitClosed(0)).isEqualTo(life.state() == State.CLOSED);
            }
        }
    }

    @Test
    void whoeverAdvancesItFirstAndOnlyThatOneIsToldSo() {
        Life life = new Life();
        assertThat(life.advance(State.CLOSING)).isTrue();
        assertThat(life.advance(State.CLOSING)).isFalse();
        assertThat(life.advance(State.OPEN)).isFalse();
        assertThat(life.state()).isEqualTo(State.CLOSING);
    }

    @Test
    void breaksOnceInAnyStateAndKeepsTheFirstReason() {
        for (State state : State.values()) {
            Life life = new Life();
            life.advance(state);
            Throwable first = new Exception("first");
            assertThat(life.broken()).isNull();
            assertThat(life.breakDown(first)).isTrue();
            assertThat(life.breakDown(new Exception("second"))).isFalse();
            assertThat(life.broken()).isSameAs(first);
            assertThat(life.state()).isEqualTo(state);
        }
    }

    @Test
    void closingWakesWhoAwaitsIt() throws Exception {
        Life life = new Life();
        boolean[] closed = new boolean[1];
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                closed[0] = life.awaitClosed(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (waiter.getState() != Thread.State.WAITING) Thread.onSpinWait();
        life.advance(State.KILLED);
        assertThat(waiter.isAlive()).isTrue();
        life.advance(State.CLOSED);
        waiter.join();
        assertThat(closed[0]).isTrue();
    }
}
