// What Piscina's workers, which are threads, are given.
export const nothing = () => 42;

export function spin(rounds) {
    let x = rounds;
    for (let i = 0; i < rounds; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
    return x;
}

// A thread cannot be killed from outside.
export const exit = () => process.exit(1);
