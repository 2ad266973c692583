package dev.pando.process;

import dev.pando.codec.Allowed;
import dev.pando.codec.Codec;
import dev.pando.codec.Customs;
import dev.pando.codec.Packed;
import dev.pando.internal.util.SystemTimer;
import dev.pando.process.os.Os;
import dev.pando.process.wire.FrameWriter;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.UnreadyException;
import dev.pando.spi.UnsendableException.Direction;
import dev.pando.spi.UnsendableException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the {@link Roster}: brings it what happened, one event at a time under a lock, and carries out what it
 * commands, outside the lock, on whatever thread brought the event. A command may be late: a {@link Hand} knows what it is
 * too late for.
 */
final class ProcessEngine implements PackingEngine, PrefetchingEngine {
    /** Of the threads that unpack: what may arrive is linked as deep as the codec allows. */
    private static final long STACK = 4L << 20;

    /**
     * When a spare is started that nobody waits for. It was most likely ordered because another has just taken the place of
     * a worker that died: that one, the task that it was given, and the looking for what the dead left behind come first.
     */
    private static final long LATER_NANOS = 20_000_000;

    /** When a program that starts workers is taken to start more of them, and in no hurry. */
    private static final long SETTLED_NANOS = 2_000_000_000;

    final Host host;
    final Settings settings;
    final Os os = Os.here();
    final HomeClasses classes = new HomeClasses();
    final Codec codec = new Codec(classes, Home.class.getClassLoader()).sharing(new Outgoing());
    final Hot hot = new Hot();
    final Launcher launcher;
    final @Nullable Cargo initializer;
    private final Allowed allowed;

    /** How the processes of this pool are known from all others. */
    final String mark = UUID.randomUUID().toString();

    final long oomKillsBefore;
    /** Patience with processes is in real time, whatever clock the deadlines of tasks go by. */
    final SystemTimer timer;

    /** Another number in tests. */
    int processors = Runtime.getRuntime().availableProcessors();
    private final Scales scales;
    private final Keeper keeper;
    final ConcurrentHashMap<Integer, Hand> hands = new ConcurrentHashMap<>();

    /** Guarded by itself, as are the next two. */
    private final Roster roster;

    private Timer.@Nullable Alarm alarm;
    private long alarmAt = Roster.NEVER;

    /** What the roster said of itself last. Written under its lock, before anybody whom that concerns looks at the line. */
    private volatile boolean full;

    /** What an initializer threw. */
    private volatile @Nullable Throwable unfit;

    /** Something that happened at this moment, and what is to be done about it. */
    interface Event {
        List<Order> at(Roster roster, long now);
    }

    ProcessEngine(Host host, Settings settings) {
        this.host = host;
        this.settings = settings;
        this.allowed = Allowed.of(settings.accepted);
        this.initializer = first();
        this.launcher = new Launcher(settings, os, host.name());
        this.oomKillsBefore = os.oomKills().orElse(-1);
        this.timer = new SystemTimer(host.name() + "-patience");
        this.scales = new Scales(timer, settings.memory, this::weigh);
        this.keeper = new Keeper(host.name());
        this.roster = new Roster(settings.rules());
    }

    void open() {
        Memory.opened();
        if (settings.eager) tell(Roster::eager);
    }

    @Override
    public int width() {
        return settings.count;
    }

    @Override
    public Object pack(Callable<?> work) throws UnsendableException {
        return packed(work);
    }

    private Cargo packed(Callable<?> work) throws UnsendableException {
        Packed packed = codec.pack(work);
        int size = packed.bytes().length;
        if (size > FrameWriter.LARGEST) throw FrameWriter.tooLarge(Direction.ARGUMENT, size);
        hot.saw(packed.template());
        return new Cargo(packed, new Customs(packed.origin(), allowed));
    }

    private @Nullable Cargo first() {
        Callable<?> given = settings.initializer;
        try {
            return given == null ? null : packed(given);
        } catch (UnsendableException e) {
            throw new IllegalArgumentException("the initializer of worker processes " + e.getMessage(), e);
        }
    }

    @Override
    public boolean canWait() {
        return false;
    }

    /** One more came, or the pool began to close. Asked in the event: a worker that looked meanwhile may have taken it. */
    @Override
    public void wake() {
        if (!full) tell((roster, now) -> host.anyInLine() && !host.over() ? roster.work(now) : List.of());
        closeIfOver();
    }

    /** Sees to it that nobody in line was forgotten. Where it is over, those are no more than dead entries. */
    void look() {
        if (!full && host.anyInLine() && !host.over()) tell(Roster::waiting);
        closeIfOver();
    }

    private void closeIfOver() {
        if (host.over()) tell((roster, now) -> host.over() ? roster.over(now) : List.of()); // a task may be tried again meanwhile
    }

    @Override
    public void rescue(Job job) {
        throw new IllegalStateException("a task in another process waits for nothing here: " + job.name());
    }

    @Override
    public void stop(Job job, int attempt, Seat seat) {
        for (Hand hand : hands.values()) if (hand.seat == seat) hand.stop(job, attempt);
    }

    @Override
    public void kill() {
        tell(Roster::killAll);
        wake();
    }

    /** It has answered, and that is about to be settled: whoever learns of it may come with more. */
    void settling(Hand hand, int run) {
        if (!full) tell((roster, now) -> roster.settling(hand.id, run, now));
    }

    /** It has nothing to do any more, and looks at the line. */
    void atRest(Hand hand) {
        tell((roster, now) -> roster.free(hand.id, now));
    }

    /** Who looks takes a processor, and who is looked for another: not one that a third may need. */
    @Override
    public long soon(Seat seat) {
        if (host.anyInLine()) return 0;
        Hand at = null;
        int busy = 0;
        for (Hand hand : hands.values()) {
            if (hand.seat == seat) at = hand;
            if (hand.tray.size() > 0) busy++;
        }
        return at == null || 2 * busy > processors ? 0 : at.pace.soon();
    }

    @Override
    public void catchUp() {
        for (Hand hand : hands.values()) hand.tray.current();
    }

    @Override
    public int regain() {
        int back = 0;
        for (Hand hand : hands.values()) back += hand.takeBack();
        return back;
    }

    /** Returns how many jobs in line may be sent ahead. */
    int mayGoAhead() {
        return host instanceof PrefetchingHost prefetching ? prefetching.mayGoAhead() : 0;
    }

    void tell(Event event) {
        List<Order> commands;
        synchronized (roster) {
            long now = timer.nanoTime();
            commands = event.at(roster, now);
            for (Order command : commands) { // here, so that whoever gets a later command finds it
                if (command instanceof Order.Launch(int id, var _)) hands.put(id, new Hand(id, this));
            }
            full = roster.isFull();
            keeper.atWork(roster.isAtWork());
            ringAt(roster.due(), now);
        }
        for (Order command : commands) carryOut(command);
    }

    private void ringAt(long due, long now) {
        if (due >= alarmAt) return;
        Timer.Alarm before = alarm;
        if (before != null) before.cancel();
        alarmAt = due;
        alarm = timer.after(Math.max(0, due - now), this::ring);
    }

    private void ring() {
        synchronized (roster) {
            alarmAt = Roster.NEVER;
            alarm = null;
        }
        tell(Roster::tick);
        look(); // a worker may have been held back until now
    }

    private void carryOut(Order command) {
        switch (command) {
            case Order.Launch(int id, boolean soon) -> {
                if (soon) with(id, this::launch);
                else timer.after(LATER_NANOS, () -> with(id, this::launch));
            }
            case Order.Feed(int id) -> with(id, this::feed);
            case Order.Release(int id) -> with(id, Hand::release);
            case Order.Kill(int id, String why) -> with(id, hand -> hand.kill(why));
            case Order.Break(String why) -> {
                Throwable thrown = unfit;
                host.broken(thrown != null ? thrown : new UnreadyException(why));
            }
            case Order.End() -> {
                keeper.leave();
                timer.close();
                launcher.close();
                Memory.closed();
                host.ended();
            }
        }
    }

    private void launch(Hand hand) {
        if (hand.id == 1) timer.after(SETTLED_NANOS, launcher::prepareOthers);
        try {
            Thread.ofPlatform().daemon().name(hand.name).stackSize(STACK).start(new Attendant(hand));
        } catch (OutOfMemoryError noThread) {
            tell((roster, now) -> roster.dead(hand.id, "the system has no thread left to serve it: " + noThread.getMessage(), now));
            buried(hand);
        }
    }

    private void feed(Hand hand) {
        if (hand.feed()) {
            scales.watch();
            look(); // for whoever counted on this one, and was not the one whom it took
            return;
        }
        tell((roster, now) -> roster.nothing(hand.id, now));
        look(); // for whoever came while this one looked
    }

    /** A command may come too late: then there is nobody to carry it out on. */
    private void with(int id, Consumer<Hand> order) {
        Hand hand = hands.get(id);
        if (hand != null) order.accept(hand);
    }

    /** Its initializer threw. */
    void unfit(Hand hand, Throwable thrown) {
        unfit = thrown;
        System.getLogger("dev.pando").log(System.Logger.Level.WARNING, "the initializer of worker " + hand.name + " threw", thrown);
        tell((roster, now) -> roster.unfit(hand.id, "its initializer threw " + thrown, now));
    }

    /** It died before it was ready. */
    void diedEarly(Hand hand) {
        if (hand.whyKilled() == null && unfit == null) launcher.diedEarly();
    }

    /** Nothing is left of it. */
    void buried(Hand hand) {
        tell((roster, now) -> roster.buried(hand.id, now));
        hands.remove(hand.id);
        look();
    }

    /** Kills who holds more than it may. Whether anybody is at work. */
    private boolean weigh() {
        boolean anybody = false;
        for (Hand hand : hands.values()) {
            int run = hand.run();
            if (run == 0) continue;
            anybody = true;
            long bytes = hand.weigh();
            if (bytes <= settings.memory) continue;
            String why = "it held " + (bytes >> 20) + " MiB of memory, more than the " + (settings.memory >> 20) + " MiB it may";
            tell((roster, now) -> roster.tooHeavy(hand.id, run, why, now));
        }
        return anybody;
    }
}
