"""CPython and numpy: arrays there and back by pickle over a pipe, and one in shared memory.

A worker that waits on a pipe, and no pool around it: so this is the least that Python can take.
"""
import multiprocessing
import statistics
from multiprocessing import resource_tracker, shared_memory
from time import perf_counter

import numpy

LARGE_KIB = 4096


def serve(pipe):
    seen = {}
    while True:
        what = pipe.recv()
        if what is None:
            return
        if isinstance(what, str):
            if what not in seen:
                memory = shared_memory.SharedMemory(name=what)
                seen[what] = (memory, numpy.ndarray((memory.size // 8,), dtype=numpy.float64, buffer=memory.buf))
            pipe.send(float(seen[what][1][0]))
        else:
            pipe.send(what)


def median(warm, count, work):
    end = perf_counter() + warm / 1e3
    work()
    while perf_counter() < end:
        work()
    times = []
    for _ in range(count):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return statistics.median(times) * 1e6


def measure(effort):
    resource_tracker.ensure_running()  # so that the worker has the same one
    ours, theirs = multiprocessing.Pipe()
    worker = multiprocessing.get_context("fork").Process(target=serve, args=(theirs,), daemon=True)
    worker.start()

    def there_and_back(what):
        ours.send(what)
        return ours.recv()

    for kib in effort["kib"]:
        array = numpy.ones(kib * 128)
        times = effort["copies"] if kib > LARGE_KIB else 10 * effort["copies"]
        print(f"plain.{kib} {median(effort['warm'], times, lambda: there_and_back(array)):.1f}", flush=True)
        memory = shared_memory.SharedMemory(create=True, size=kib * 1024)
        numpy.ndarray((kib * 128,), dtype=numpy.float64, buffer=memory.buf)[:] = array
        print(f"shared.{kib} {median(effort['warm'], 100 * effort['copies'], lambda: there_and_back(memory.name)):.1f}", flush=True)
        memory.close()
        memory.unlink()
    ours.send(None)
    worker.join()
