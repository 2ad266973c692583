"""The pools of Python under one set of names: submit, map, close. Each has only what its library has."""
import multiprocessing
import platform
from concurrent.futures import ProcessPoolExecutor, wait

CHUNK = 100


class Executor:
    """concurrent.futures, which chooses no chunks by itself."""

    def __init__(self, start, workers):
        self.pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(start))

    def submit(self, task, *arguments):
        return self.pool.submit(task, *arguments)

    def wait(self, futures):
        wait(futures)

    def map(self, function, count):
        return self.pool.map(function, range(count), chunksize=CHUNK)

    def close(self):
        self.pool.shutdown()


class Promised:
    """What multiprocessing.Pool answers with, as a future."""

    def __init__(self, answer):
        self.result = answer.get


class Classic:
    def __init__(self, workers):
        self.pool = multiprocessing.Pool(workers)

    def submit(self, task, *arguments):
        return Promised(self.pool.apply_async(task, arguments))

    def wait(self, futures):
        for future in futures:
            future.result()

    def map(self, function, count):
        return self.pool.map(function, range(count), chunksize=CHUNK)

    def map_by_itself(self, function, count):
        return self.pool.map(function, range(count))

    def close(self):
        self.pool.close()
        self.pool.join()


class Loky(Executor):
    def __init__(self, workers):
        self.pool = loky().ProcessPoolExecutor(workers)


class Pebble:
    def __init__(self, workers):
        import pebble
        self.pool = pebble.ProcessPool(max_workers=workers)

    def submit(self, task, *arguments):
        return self.pool.schedule(task, args=arguments)

    def wait(self, futures):
        wait(futures)

    def submit_with_timeout(self, seconds, task):
        return self.pool.schedule(task, timeout=seconds)

    def map(self, function, count):
        return self.pool.map(function, range(count), chunksize=CHUNK).result()

    def close(self):
        self.pool.close()
        self.pool.join()


class Joblib:
    """Knows nothing but maps, in batches whose size it measures."""

    def __init__(self, workers):
        import joblib
        self.delayed = joblib.delayed
        self.pool = joblib.Parallel(n_jobs=workers).__enter__()

    def map_by_itself(self, function, count):
        delayed = self.delayed(function)
        return self.pool(delayed(x) for x in range(count))

    def close(self):
        self.pool.__exit__(None, None, None)


def loky():
    try:
        import loky
        return loky
    except ImportError:
        import joblib.externals.loky
        return joblib.externals.loky


def open_pool(who, workers):
    if who in ("fork", "spawn"):
        return Executor(who, workers)
    return {"mp": Classic, "loky": Loky, "pebble": Pebble, "joblib": Joblib}[who](workers)


def version(who):
    """Fails if it is not there."""
    python = f"CPython {platform.python_version()}"
    if who == "loky":
        return f"loky {loky().__version__} on {python}"
    if who == "joblib":
        import joblib
        return f"joblib {joblib.__version__} on {python}"
    if who == "pebble":
        import pebble
        from importlib.metadata import version as of
        return f"pebble {of(pebble.__name__)} on {python}"
    if who == "numpy":
        import numpy
        return f"numpy {numpy.__version__} on {python}"
    return python
