package dev.pando.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ObservableTaskTest {
    private final PromiseCell<Object> cell = new PromiseCell<>();
    private final List<String> told = new ArrayList<>();

    private class Named extends TaskObserver {
        final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void done(TaskCell<?> ended) {
            assertThat(ended).isSameAs(cell);
            told.add(name);
        }
    }

    private class Call extends Named {
        Call(String name) {
            super(name);
        }

        @Override
        boolean isCallback() {
            return true;
        }
    }

    private Named observe(Named observer) {
        assertThat(cell.observe(observer)).isTrue();
        return observer;
    }

    @Test
    void nobodyToTell() {
        cell.announce(cell);
        assertThat(ObserverCount.of(cell)).isZero();
    }

    @Test
    void oneIsToldOnceHoweverOftenItIsAnnounced() {
        observe(new Named("a"));
        cell.announce(cell);
        cell.announce(cell);
        assertThat(told).containsExactly("a");
    }

    @Test
    void whoComesLaterIsRefusedAndNotTold() {
        cell.announce(cell);
        assertThat(cell.observe(new Named("late"))).isFalse();
        cell.announce(cell);
        assertThat(told).isEmpty();
        assertThat(ObserverCount.of(cell)).isZero();
    }

    @Test
    void waitersAreToldBeforeCallbacksAndEachKindInOrder() {
        observe(new Call("call 1"));
        observe(new Named("wait 1"));
        observe(new Call("call 2"));
        observe(new Named("wait 2"));
        cell.announce(cell);
        assertThat(told).containsExactly("wait 1", "wait 2", "call 1", "call 2");
    }

    @Test
    void whoLeftIsNotToldWhereverItStood() {
        for (int leaving = 0; leaving < 8; leaving++) {
            PromiseCell<Object> one = new PromiseCell<>();
            List<Integer> heard = new ArrayList<>();
            TaskObserver[] all = new TaskObserver[3];
            for (int i = 0; i < 3; i++) {
                int number = i;
                all[i] = new TaskObserver() {
                    @Override
                    public void done(TaskCell<?> ended) {
                        heard.add(number);
                    }
                };
                one.observe(all[i]);
            }
            List<Integer> staying = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                if ((leaving & 1 << i) != 0) {
                    one.forget(all[i]);
                } else {
                    staying.add(i);
                }
            }
            assertThat(ObserverCount.of(one)).isEqualTo(staying.size());
            one.announce(one);
            assertThat(heard).as("leaving " + Integer.toBinaryString(leaving)).isEqualTo(staying);
        }
    }

    @Test
    void leavingTwiceOrWithoutHavingComeOrAfterTheEndDoesNoHarm() {
        Named a = observe(new Named("a"));
        Named b = observe(new Named("b"));
        cell.forget(a);
        cell.forget(a);
        cell.forget(new Named("stranger"));
        assertThat(ObserverCount.of(cell)).isEqualTo(1);
        cell.announce(cell);
        cell.forget(b);
        assertThat(told).containsExactly("b");
    }

    @Test
    void whoLeavesWhileTheOthersAreToldIsNotTold() {
        Named[] last = new Named[1];
        observe(new Named("a") {
            @Override
            public void done(TaskCell<?> ended) {
                super.done(ended);
                cell.forget(last[0]);
            }
        });
        observe(new Named("b"));
        last[0] = observe(new Named("c"));
        cell.announce(cell);
        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void whoComesWhileTheOthersAreToldIsRefused() {
        List<Boolean> answers = new ArrayList<>();
        observe(new Call("a") {
            @Override
            public void done(TaskCell<?> ended) {
                answers.add(cell.observe(new Named("late")));
            }
        });
        cell.announce(cell);
        assertThat(answers).containsExactly(false);
        assertThat(told).isEmpty();
    }

    @RepeatedTest(20)
    void manyComeAndGoAtOnceAndTheOneThatStaysIsStillThere() throws Exception {
        observe(new Call("stays"));
        CyclicBarrier start = new CyclicBarrier(3);
        CountDownLatch end = new CountDownLatch(3);
        long seed = RandomGenerator.getDefault().nextLong();
        for (int t = 0; t < 3; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> {
                var random = new java.util.SplittableRandom(seed + thread);
                List<TaskObserver> mine = new ArrayList<>();
                try {
                    start.await();
                    for (int i = 0; i < 2_000; i++) {
                        if (mine.isEmpty() || random.nextInt(3) > 0 && mine.size() < 8) {
                            mine.add(new Named("goes"));
                            cell.observe(mine.getLast());
                        } else {
                            cell.forget(mine.remove(random.nextInt(mine.size())));
                        }
                    }
                    for (TaskObserver observer : mine) {
                        cell.forget(observer);
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                } finally {
                    end.countDown();
                }
            });
        }
        end.await();
        assertThat(ObserverCount.of(cell)).as("seed " + seed).isEqualTo(1);
        cell.announce(cell);
        assertThat(told).containsExactly("stays");
    }
}
