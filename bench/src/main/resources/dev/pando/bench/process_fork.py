"""CPython's ProcessPoolExecutor, measured as ProcessFork.java measures the others: a line for each number.

Started by ProcessRounds.java with four numbers: calls, tasks, elements, repeats.
"""
import multiprocessing
import os
import platform
import signal
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from time import perf_counter

WORKERS = 2
CHUNK = 1000  # chosen by hand; without it Python sends each element on its own


def nothing():
    return 42


def tiny(x):
    return x * 31 + 7


def show(name, number):
    print(f"{name} {number:.3f}", flush=True)


def to_first_answer():
    begin = perf_counter()
    pool = ProcessPoolExecutor(WORKERS)
    pool.submit(nothing).result()
    end = perf_counter()
    pool.shutdown()
    return (end - begin) * 1e3


def calls(pool, count):
    times = []
    for _ in range(count):
        begin = perf_counter()
        pool.submit(nothing).result()
        times.append((perf_counter() - begin) * 1e6)
    return sorted(times)


def burst(pool, count):
    futures = [pool.submit(nothing) for _ in range(count)]
    return sum(future.result() for future in futures)


def repeated(count, repeats, work):
    rates = []
    for i in range(2 * repeats):
        begin = perf_counter()
        work()
        if i >= repeats:
            rates.append(count / ((perf_counter() - begin) * 1e3))
    return statistics.median(rates)


def to_next_answer():
    """A pool that lost a worker is broken for good: what follows is a new one."""
    pool = ProcessPoolExecutor(1)
    worker = pool.submit(os.getpid).result()
    begin = perf_counter()
    os.kill(worker, signal.SIGKILL)
    while True:
        try:
            pool.submit(nothing).result()
            break
        except BrokenProcessPool:
            pool.shutdown()
            pool = ProcessPoolExecutor(1)
    end = perf_counter()
    pool.shutdown()
    return (end - begin) * 1e3


def main():
    count, tasks, elements, repeats = map(int, sys.argv[1:])
    print(f"version {platform.python_implementation()} {platform.python_version()}, "
          f"start method {multiprocessing.get_start_method()}")
    show("start.first", to_first_answer())
    show("start.again", statistics.median(to_first_answer() for _ in range(repeats)))
    with ProcessPoolExecutor(WORKERS) as pool:
        calls(pool, count)
        times = calls(pool, count)
        show("call.p50", times[len(times) // 2])
        show("call.p99", times[len(times) * 99 // 100])
        show("burst", repeated(tasks, repeats, lambda: burst(pool, tasks)))
        show("map", repeated(elements, repeats, lambda: sum(pool.map(tiny, range(elements), chunksize=CHUNK))))
        show("each", repeated(tasks, repeats, lambda: sum(pool.map(tiny, range(tasks)))))
    show("kill", statistics.median(to_next_answer() for _ in range(repeats)))


if __name__ == "__main__":
    main()
