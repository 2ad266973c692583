/*
 * One process makes orders, two others work on them, and one of those dies.
 *
 * The queue is bounded, so the producer waits when the consumers are slow; closing it ends the consumers after the last
 * order, without a special last order for each. An order is taken on loan, and is done when the consumer says so: the
 * order that the dead process had in its hand comes back to the head of the queue.
 */
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedLease;
import dev.pando.shared.SharedMap;
import dev.pando.shared.SharedQueue;

void main() {
    try (Pool pool = Pool.open(Processes.of(3))) {
        SharedQueue<Integer> orders = pool.shared().queue(5);
        SharedMap<Integer, String> bills = pool.shared().map();
        SharedCounter deaths = pool.shared().counter();

        TaskFuture<Integer> producer = pool.submit(() -> produce(orders));
        TaskFuture<String> one = pool.retries(1).submit(() -> consume(orders, bills, deaths));
        TaskFuture<String> other = pool.retries(1).submit(() -> consume(orders, bills, deaths));

        System.out.println("orders made: " + producer.result());
        System.out.println("consumers: " + one.result() + ", " + other.result());
        System.out.println("consumers that died: " + deaths.get());
        System.out.println("orders that have a bill: " + bills.size());
    }
}

static int produce(SharedQueue<Integer> orders) throws InterruptedException {
    for (int order = 1; order <= 40; order++) {
        orders.put(order);
    }
    orders.close();
    return 40;
}

static String consume(SharedQueue<Integer> orders, SharedMap<Integer, String> bills, SharedCounter deaths)
        throws InterruptedException {
    while (true) {
        try (SharedLease<Integer> order = orders.takeAcknowledged()) {
            if (order.item() == 20 && deaths.compareAndSet(0, 1)) {
                Runtime.getRuntime().halt(1); // with the order in its hand
            }
            bills.put(order.item(), "bill " + order.item());
            order.done();
        } catch (SharedClosedException end) {
            return "at the end";
        }
    }
}
