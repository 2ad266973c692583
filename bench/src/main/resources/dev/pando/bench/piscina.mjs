// Piscina, measured as the programs in Java measure theirs. Started by Peers.java: the folder it is in, part, how much.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, part, ...amounts] = process.argv.slice(2);
const require = createRequire(folder + '/');
const { Piscina } = require('piscina');
const effort = Object.fromEntries(amounts.map(amount => amount.split('=')).map(([name, value]) => [name, Number(value)]));
const WORKERS = 2;

const open = (workers, more = {}) => new Piscina({
    filename: new URL('piscina_tasks.mjs', import.meta.url).href, minThreads: workers, maxThreads: workers, ...more,
});
const now = () => performance.now();
const show = (name, number) => console.log(`${name} ${number.toFixed(4)}`);
const sorted = numbers => [...numbers].sort((a, b) => a - b);
const median = numbers => sorted(numbers)[Math.floor(numbers.length / 2)];

// Times in milliseconds, after a time to get warm; at least one each.
async function repeated(work) {
    let times;
    for (const span of [effort.warm, effort.measure]) {
        times = [];
        for (const end = now() + span; times.length === 0 || now() < end;) {
            const begin = now();
            await work();
            times.push(now() - begin);
        }
    }
    return times;
}

const burst = (pool, count, name, argument) => Promise.all(Array.from({ length: count }, () => pool.run(argument, { name })));

async function calls() {
    const pool = open(WORKERS);
    const times = sorted(await repeated(() => pool.run(undefined, { name: 'nothing' })));
    show('call.p50', times[Math.floor(times.length / 2)] * 1e3);
    show('call.p99', times[Math.floor(times.length * 99 / 100)] * 1e3);
    await pool.destroy();
    const many = open(WORKERS, { concurrentTasksPerWorker: 100 }); // which is its best here
    show('burst', effort.burst / median(await repeated(() => burst(many, effort.burst, 'nothing'))) * 1e3);
    await many.destroy();
}

async function compute() {
    const { spin } = await import('./piscina_tasks.mjs');
    let kept = 0; // so that nothing is computed in vain
    const time = rounds => { const begin = now(); kept ^= spin(rounds); return now() - begin; };
    let rounds = 1000;
    while (Math.min(...Array.from({ length: 5 }, () => time(rounds))) < 10) rounds *= 2;
    rounds = Math.max(1, Math.round(rounds / median(Array.from({ length: 5 }, () => time(rounds)))));
    const pool = open(WORKERS);
    const ratios = [];
    for (const warm = now() + effort.toil; now() < warm;) await burst(pool, effort.tasks, 'spin', rounds);
    while (ratios.length < effort.repeats) {
        const begin = now();
        for (let n = 0; n < effort.tasks; n++) kept ^= spin(rounds);
        const alone = now();
        await burst(pool, effort.tasks, 'spin', rounds);
        ratios.push((alone - begin) / (now() - alone));
    }
    show('compute', median(ratios));
    await pool.destroy();
}

async function toFirstAnswer() {
    const begin = now();
    const pool = open(1);
    await pool.run(undefined, { name: 'nothing' });
    const end = now();
    await pool.destroy();
    return end - begin;
}

async function start() {
    show('start.first', await toFirstAnswer());
    for (let i = 0; i < effort.starts; i++) show('start.new', await toFirstAnswer());
    for (let i = 0; i < effort.rests; i++) {
        const pool = open(1);
        await sleep(effort.rest);
        const begin = now();
        await pool.run(undefined, { name: 'nothing' });
        show('start.rested', now() - begin);
        await pool.destroy();
    }
}

async function death() {
    const pool = open(1);
    for (let i = 0; i < effort.kills; i++) {
        await pool.run(undefined, { name: 'nothing' });
        await sleep(50);
        const begin = now();
        await pool.run(undefined, { name: 'exit' }).catch(() => {}); // it went with its thread
        for (let answered = false; !answered;) {
            answered = await pool.run(undefined, { name: 'nothing' }).then(() => true, () => false);
        }
        show('kill', now() - begin);
    }
    await pool.destroy();
}

async function idle() {
    const pool = open(WORKERS);
    await burst(pool, 100, 'nothing');
    console.log('workers');
    for await (const _ of process.stdin); // until it ends
    await pool.destroy();
}

async function version() {
    const about = JSON.parse(readFileSync(require.resolve('piscina').replace(/(.*piscina)[\\/].*/, '$1/package.json')));
    console.log(`version Piscina ${about.version} on Node ${process.versions.node}`);
}

await { version, calls, compute, start, death, idle }[part]();
