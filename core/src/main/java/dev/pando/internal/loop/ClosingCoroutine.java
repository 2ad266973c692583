package dev.pando.internal.loop;

/** Ends a loop whose pool has done its work. */
final class ClosingCoroutine extends Coroutine {

    ClosingCoroutine(LoopRuntime loop) {
        super(loop, loop.number());
    }

    @Override
    public String name() {
        return "closing-" + number;
    }

    @Override
    void perform() {
        loop.end(this);
    }

    @Override
    void cannotBegin(Throwable why) {
        perform(); // ending the loop needs no stack of its own
    }

    @Override
    void abandon() {}
}
