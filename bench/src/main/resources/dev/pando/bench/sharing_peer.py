"""What SharingFork does, with CPython's multiprocessing: two worker processes, forked. Prints a line for each number.

Argument: how often each thing is done.
"""
import multiprocessing as mp
import platform
import sys
import time

KEYS = 100


def timed(count, body):
    """Microseconds of one, in a worker."""
    parent, child = mp.Pipe()
    worker = mp.Process(target=lambda: child.send(body(count)))
    worker.start()
    seconds = parent.recv()
    worker.join()
    return seconds * 1e6 / count


def adding(value):
    def body(count):
        begin = time.perf_counter()
        for _ in range(count):
            with value.get_lock():
                value.value += 1
        return time.perf_counter() - begin
    return body


def locking(lock):
    def body(count):
        begin = time.perf_counter()
        for _ in range(count):
            lock.acquire()
            lock.release()
        return time.perf_counter() - begin
    return body


def putting(table):
    def body(count):
        begin = time.perf_counter()
        for i in range(count):
            table["k%d" % (i % KEYS)] = i
        return time.perf_counter() - begin
    return body


def getting(table):
    def body(count):
        begin = time.perf_counter()
        for i in range(count):
            table["k%d" % (i % KEYS)]
        return time.perf_counter() - begin
    return body


def pipe(count):
    left, right = mp.Pipe()

    def answer():
        for _ in range(count):
            right.send(right.recv())

    def ask(times):
        begin = time.perf_counter()
        for i in range(times):
            left.send(i)
            left.recv()
        return time.perf_counter() - begin

    worker = mp.Process(target=answer)
    worker.start()
    micros = timed(count, ask)
    worker.join()
    return micros


def queue(count):
    line = mp.Queue(10_000)
    parent, child = mp.Pipe()

    def produce():
        for i in range(count):
            line.put(i)
        line.put(None)

    def consume():
        line.get()
        begin = time.perf_counter()
        while line.get() is not None:
            pass
        child.send(time.perf_counter() - begin)

    workers = [mp.Process(target=produce), mp.Process(target=consume)]
    for worker in workers:
        worker.start()
    seconds = parent.recv()
    for worker in workers:
        worker.join()
    return count / seconds


def main():
    mp.set_start_method("fork")
    count = int(sys.argv[1])
    print("version CPython", platform.python_version())
    print("counter", timed(count, adding(mp.Value("q", 0))))
    with mp.Manager() as manager:
        print("lock", timed(count, locking(manager.Lock())))
        table = manager.dict()
        print("put", timed(count, putting(table)))
        print("get", timed(count, getting(table)))
    print("pipe", pipe(count))
    rate = queue(3 * count)
    print("queue", rate)
    print("queueYoung", rate)
    print("queueMany", rate)


main()
