"""What is measured of a pool, part by part, in the order and with the amounts of the Java programs. A line for each number."""
import os
import select
import signal
import statistics
import subprocess
import sys
import time
from time import perf_counter

import pools
import tasks

WORKERS = 2
TIMEOUT = 0.05


def show(name, number):
    print(f"{name} {number:.4f}", flush=True)


def repeated(effort, work):
    """The median time in seconds, after a time to get warm; at least once each."""
    times = []
    for span in effort["warm"], effort["measure"]:
        times = []
        end = perf_counter() + span / 1e3
        while not times or perf_counter() < end:
            begin = perf_counter()
            work()
            times.append(perf_counter() - begin)
    return statistics.median(times)


def calls(who, effort):
    pool = pools.open_pool(who, WORKERS)
    if hasattr(pool, "submit"):
        one_at_a_time(pool, effort)
        count = effort["burst"]
        show("burst", count / repeated(effort, lambda: burst(pool, count, tasks.nothing)))
    count = effort["elements"]
    if hasattr(pool, "map"):
        show("map", count / repeated(effort, lambda: sum(pool.map(tasks.tiny, count))))
    if hasattr(pool, "map_by_itself"):
        show("map.itself", count / repeated(effort, lambda: sum(pool.map_by_itself(tasks.tiny, count))))
    pool.close()


def one_at_a_time(pool, effort):
    times = []
    for span in effort["warm"], effort["measure"]:
        times = []
        end = perf_counter() + span / 1e3
        while not times or perf_counter() < end:
            begin = perf_counter()
            pool.submit(tasks.nothing).result()
            times.append((perf_counter() - begin) * 1e6)
    times.sort()
    show("call.p50", times[len(times) // 2])
    show("call.p99", times[len(times) * 99 // 100])


def rows(who, effort):
    pool = pools.open_pool(who, WORKERS)
    both(pool, effort, "row")
    loops = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(os.cpu_count())]
    try:
        both(pool, effort, "row.busy")
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    pool.close()


def both(pool, effort, name):
    show(name + ".p50", repeated(effort, lambda: pool.submit(tasks.same, 5).result()) * 1e6)
    count = effort["burst"]
    show(name + ".burst", count / repeated(effort, lambda: rows_burst(pool, count)))


def rows_burst(pool, count):
    futures = [pool.submit(tasks.same, number) for number in range(count)]
    for future in futures:
        future.result()


def scale(who, effort):
    for workers in effort["scale"]:
        begin = perf_counter()
        pool = pools.open_pool(who, workers)
        there = set()
        while len(there) < workers:
            there |= {future.result() for future in [pool.submit(tasks.rest) for _ in range(workers)]}
        name = f"scale.{workers}."
        show(name + "ready", (perf_counter() - begin) * 1e3)
        count = effort["burst"]
        longer = dict(effort, warm=effort["warm"] * max(1, workers // 4))
        show(name + "rate", count / repeated(longer, lambda: rows_burst(pool, count)))
        show(name + "resident", sum(mebibytes(process, "Rss:") for process in there))
        show(name + "proportional", sum(mebibytes(process, "Pss:") for process in there))
        begin = perf_counter()
        pool.close()
        show(name + "close", (perf_counter() - begin) * 1e3)


def mebibytes(process, which):
    with open(f"/proc/{process}/smaps_rollup") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))


def burst(pool, count, task, *arguments):
    futures = [pool.submit(task, *arguments) for _ in range(count)]
    for future in futures:
        future.result()


def all_of(pool, count, task, *arguments):
    pool.wait([pool.submit(task, *arguments) for _ in range(count)])


def compute(who, effort):
    rounds = a_millisecond()
    count = effort["tasks"]
    pool = pools.open_pool(who, WORKERS)
    ratios = []
    warm = perf_counter() + effort["toil"] / 1e3
    while perf_counter() < warm:
        all_of(pool, count, tasks.spin, rounds)
    while len(ratios) < effort["repeats"]:
        begin = perf_counter()
        for _ in range(count):
            tasks.spin(rounds)
        alone = perf_counter()
        all_of(pool, count, tasks.spin, rounds)
        ratios.append((alone - begin) / (perf_counter() - alone))
    show("compute", statistics.median(ratios))
    pool.close()


def a_millisecond():
    rounds = 1000
    while True:
        times = []
        for _ in range(5):
            begin = perf_counter()
            tasks.spin(rounds)
            times.append(perf_counter() - begin)
        if min(times) > 0.01:
            return max(1, round(rounds * 0.001 / statistics.median(times)))
        rounds *= 2


def start(who, effort):
    show("start.first", to_first_answer(who))
    for _ in range(effort["starts"]):
        show("start.new", to_first_answer(who))
    if who == "mp":  # the one that starts its workers before it has a task
        for _ in range(effort["rests"]):
            pool = pools.open_pool(who, 1)
            time.sleep(effort["rest"] / 1e3)
            begin = perf_counter()
            pool.submit(tasks.nothing).result()
            show("start.rested", (perf_counter() - begin) * 1e3)
            pool.close()


def cold(who, effort):
    """A fresh program for each number."""
    for _ in range(effort["colds"]):
        for what in "first", "hundred":
            begin = perf_counter()
            command = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer.py"), who, "cold_once"]
            with subprocess.Popen(command + ["count=" + ("1" if what == "first" else "100")], stdout=subprocess.PIPE) as program:
                millis = float(program.stdout.readline())
                whole = (perf_counter() - begin) * 1e3
            show("cold." + what, millis)
            if what == "first":
                show("cold.whole", whole)


def cold_once(who, effort):
    begin = perf_counter()
    pool = pools.open_pool(who, WORKERS)
    for number in range(effort["count"]):
        if pool.submit(tasks.tiny, number).result() != tasks.tiny(number):
            raise AssertionError
    print((perf_counter() - begin) * 1e3, flush=True)
    pool.close()


def to_first_answer(who):
    begin = perf_counter()
    pool = pools.open_pool(who, 1)
    pool.submit(tasks.nothing).result()
    end = perf_counter()
    pool.close()
    return (end - begin) * 1e3


def death(who, effort):
    for _ in range(effort["kills"]):
        show("kill", to_next_answer(who))
    if who == "pebble":
        overshoot(effort)


def to_next_answer(who):
    """Most are broken for good when they lost a worker: what follows is a new one."""
    pool = pools.open_pool(who, 1)
    worker = pool.submit(tasks.pid).result()
    pool.submit(tasks.stay)  # one that rests has pebble's lock, and takes the pool with it
    time.sleep(0.05)
    begin = perf_counter()
    os.kill(worker, signal.SIGKILL)
    while True:
        try:
            if pool.submit(tasks.pid).result() != worker:
                break
        except Exception as lost:
            if "Expired" not in type(lost).__name__:  # pebble's; it goes on by itself
                pool.close()
                pool = pools.open_pool(who, 1)
    end = perf_counter()
    pool.close()
    return (end - begin) * 1e3


def overshoot(effort):
    pool = pools.open_pool("pebble", 1)
    for i in range(-effort["timeoutsBefore"], effort["timeouts"]):
        worker = pool.submit(tasks.pid).result()
        watch = os.pidfd_open(worker)
        poll = select.poll()
        poll.register(watch, select.POLLIN)
        begin = perf_counter()
        future = pool.submit_with_timeout(TIMEOUT, tasks.hang)
        poll.poll()
        if i >= 0:
            show("timeout", (perf_counter() - begin - TIMEOUT) * 1e3)
        os.close(watch)
        try:
            future.result()
        except Exception:
            pass  # its time was up
    pool.close()


def idle(who, effort):
    pool = pools.open_pool(who, WORKERS)
    workers = {future.result() for future in [pool.submit(tasks.linger) for _ in range(WORKERS)]}
    print("workers", *workers, flush=True)
    sys.stdin.read()
    pool.close()


def results(who, effort):
    for name, task, count in (
        ("linked", tasks.numbers, effort["links"]),
        ("boxed", tasks.numbers, effort["numbers"]),
        ("bytes", tasks.zeros, effort["bytes"]),
    ):
        pool = pools.open_pool(who, 1)
        worker = pool.submit(tasks.pid).result()
        for _ in range(effort["repeats"]):
            begin = perf_counter()
            pool.submit(task, count).result()
            show(name, (perf_counter() - begin) * 1e3)
        show(name + ".here", most("self"))
        show(name + ".there", most(worker))
        pool.close()


def most(process):
    with open(f"/proc/{process}/status") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def arrays(who, effort):
    import large_arrays
    large_arrays.measure(effort)


def main():
    who, part, *amounts = sys.argv[1:]
    if part == "version":
        print("version", pools.version(who))
        return
    effort = dict(amount.split("=") for amount in amounts)
    effort = {name: [int(number) for number in value.split(",")] if name in ("kib", "pending", "scale") else int(value) for name, value in effort.items()}
    parts = {"calls": calls, "compute": compute, "cold": cold, "cold_once": cold_once, "start": start, "death": death, "idle": idle, "arrays": arrays, "results": results, "rows": rows, "scale": scale}
    parts[part](who, effort)
