"""What the workers are given. A new worker loads this, so it imports next to nothing."""
import os
import time


def nothing():
    return 42


def tiny(x):
    return x * 31 + 7


def spin(rounds):
    x = rounds
    for _ in range(rounds):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
    return x


def pid():
    return os.getpid()


def linger():
    """So long that another worker takes the next one."""
    time.sleep(0.1)
    return os.getpid()


def stay():
    time.sleep(60)


def hang():
    while True:
        pass


def same(x):
    return x


def rest():
    """So long that other workers take the next ones."""
    time.sleep(0.02)
    return os.getpid()


def numbers(count):
    return list(range(count))


def zeros(count):
    return bytes(count)
