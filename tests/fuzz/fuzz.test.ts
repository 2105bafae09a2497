/**
 * A small run of `npm run fuzz`: what a platform, a broken client or somebody who means harm may send to any channel leaves the house up,
 * the database consistent and the log silent, and whoever means well is answered. What fails says the seed and what was wrong.
 */
import { expect, it } from 'vitest'
import { embeddedFolder } from '../store/databases.js'
import { CLASSES } from './classes.js'
import { run } from './run.js'

/** For each channel. */
const COUNT = 100
/** Set FUZZ_SEED to try another one; a test run without it is the same every time. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261130)

it('Generated updates, valid, half-valid and hostile, leave the house up and whole on every channel', {
  timeout: 180_000,
}, async () => {
  const dataDir = await embeddedFolder()
  const ways = ['telegram-webhook', 'slack-socket', 'web'] as const
  const report = await run({ ways: [...ways], count: COUNT, seed: SEED, every: COUNT, dataDir })
  expect(report.thrown).toBe(COUNT)
  for (const each of CLASSES) expect(report.classes[each]).toBeGreaterThan(COUNT / 2)
})
