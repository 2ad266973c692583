// What Piscina's workers, which are threads, are given.
export const nothing = () => 42;

export function spin(rounds) {
    let x = rounds | 1;
    for (let i = 0; i < rounds; i++) {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
    }
    return x;
}

// A thread cannot be killed from outside.
export const exit = () => process.exit(1);
