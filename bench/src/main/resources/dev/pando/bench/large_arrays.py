"""The same with CPython and numpy: arrays there and back by pickle over a pipe, and one in shared memory.

Started by LargeArrays.java with the sizes in KiB. A worker that waits on a pipe, and no pool around it: so this is the
least that Python can take.
"""
import multiprocessing
import platform
import statistics
import sys
from multiprocessing import shared_memory
from time import perf_counter

import numpy


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


def median(count, work):
    for _ in range(count // 2 + 1):
        work()
    times = []
    for _ in range(count):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return statistics.median(times) * 1e6


def main():
    ours, theirs = multiprocessing.Pipe()
    worker = multiprocessing.get_context("fork").Process(target=serve, args=(theirs,), daemon=True)
    worker.start()

    def there_and_back(what):
        ours.send(what)
        return ours.recv()

    print(f"version CPython {platform.python_version()}, numpy {numpy.__version__}", flush=True)
    for kib in map(int, sys.argv[1:]):
        array = numpy.ones(kib * 128)
        print(f"plain {kib} {median(20 if kib > 4096 else 200, lambda: there_and_back(array)):.1f}", flush=True)
        memory = shared_memory.SharedMemory(create=True, size=kib * 1024)
        numpy.ndarray((kib * 128,), dtype=numpy.float64, buffer=memory.buf)[:] = array
        print(f"shared {kib} {median(2000, lambda: there_and_back(memory.name)):.1f}", flush=True)
        memory.close()
        memory.unlink()
    ours.send(None)
    worker.join()


main()
