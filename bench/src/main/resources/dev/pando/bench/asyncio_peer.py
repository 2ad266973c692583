"""CPython's asyncio, measured as LoopFork.java measures the others: a line for each number.

Started by LoopRounds.java with four numbers: coroutines that sleep, hand-overs, items of each of 1000 senders, repeats.
"""
import asyncio
import gc
import os
import platform
import statistics
import sys
from time import perf_counter

SENDERS = 1000
ROOM = 10
WAITING = 100_000


def show(name, number):
    print(f"{name} {number:.3f}", flush=True)


async def sleepers(count):
    async def one():
        await asyncio.sleep(0.010)

    await asyncio.gather(*[asyncio.create_task(one()) for _ in range(count)])


async def hand_overs(count):
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def other():
        for _ in range(count // 2):
            await back.put(await there.get())

    task = asyncio.create_task(other())
    for i in range(count // 2):
        await there.put(i)
        await back.get()
    await task


async def senders(items):
    queue = asyncio.Queue(ROOM)

    async def one():
        for i in range(items):
            await queue.put(i)

    tasks = [asyncio.create_task(one()) for _ in range(SENDERS)]
    total = 0
    for _ in range(SENDERS * items):
        total += await queue.get()
    await asyncio.gather(*tasks)
    return total


async def waiting(count):
    event = asyncio.Event()

    async def one():
        await event.wait()

    gc.collect()
    before = resident()
    tasks = [asyncio.create_task(one()) for _ in range(count)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    after = resident()
    event.set()
    await asyncio.gather(*tasks)
    return (after - before) / count


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def rate(count, repeats, work):
    rates = []
    for _ in range(repeats):
        begin = perf_counter()
        asyncio.run(work())
        rates.append(count / (perf_counter() - begin))
    return statistics.median(rates)


def main():
    sleeping, handed, items, repeats = map(int, sys.argv[1:5])
    print(f"version CPython {platform.python_version()}", flush=True)
    show("memory", asyncio.run(waiting(min(WAITING, sleeping))))
    show("sleep", rate(sleeping, repeats, lambda: sleepers(sleeping)))
    show("hand", rate(handed, repeats, lambda: hand_overs(handed)))
    show("senders", rate(SENDERS * items, repeats, lambda: senders(items)))


main()
