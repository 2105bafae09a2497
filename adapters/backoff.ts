/** Waiting longer each time something fails, and not for ever. */
const FIRST_MS = 1000
const LONGEST_MS = 30_000

/** 1 s, 2 s, 4 s … up to half a minute. `failures` counts from 1. */
export const backoffMs = (failures: number) => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10))
