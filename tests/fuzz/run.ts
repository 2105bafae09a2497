/** Throws a number of updates at a way in, in waves; after each some of time passes, and now and then all that must hold is looked at. */
import fc from 'fast-check'
import type { Shot } from './classes.js'
import { inconsistencies } from './consistent.js'
import type { FuzzClock, Ground, Way } from './ground.js'
import { probe } from './probe.js'
import { openWorld, type World } from './world.js'

/** Of all ways together. */
const WAVE = 50
/** Between waves; every so many of them a day and a half, so that reminders, ladders and lifetimes have their time as well. */
const MINUTE = 60_000
const PAUSES = [MINUTE / 60, MINUTE, 7 * MINUTE]
const LONG_PAUSE_MS = 36 * 60 * MINUTE
const LONG_PAUSE_EVERY = 40
/** Heap after the garbage is gone, in the last quarter of a long run against the second one. */
const GROWTH_MAX = 1.1
const HEAPS_MIN = 12

export type Plan = {
  /** Of channels that differ. */
  ways: Way[]
  /** For each of them. */
  count: number
  seed: number
  /** Everything that must hold is looked at after so many. */
  every: number
  dataDir?: string
  served?: boolean
  tell?: (line: string) => void
}

export type Report = {
  thrown: number
  perSecond: number
  /** How many of each class. */
  classes: Record<string, number>
  heapMegabytes: number[]
  /** How far it came into the house: rows of each kind at the end. */
  rows: Record<string, number>
  /** Kinds of lines that the log got, and how often. */
  logged: [string, number][]
}

/** What was wrong, with the seed and what was thrown last, so that it can be seen again. */
export class Fault extends Error {
  constructor(
    readonly plan: Plan,
    readonly thrown: number,
    readonly sentences: string[],
    readonly wave: Shot<unknown>[],
    /** As in a report. */
    readonly logged: [string, number][],
  ) {
    super(
      `${plan.ways.join(', ')}, seed ${plan.seed}, within ${thrown} updates:\n${sentences.map((each) => `  ${each}`).join('\n')}`,
    )
  }
}

/** @throws Fault */
export async function run(plan: Plan): Promise<Report> {
  const faults: string[] = []
  const take = (error: unknown) => void faults.push(`nobody caught ${String(error)}`)
  process.on('unhandledRejection', take)
  process.on('uncaughtException', take)
  const world = await openWorld(
    plan.ways.map((way) => (clock) => groundOf(way, clock)),
    plan,
  )
  try {
    return await throwAll(plan, world, faults)
  } finally {
    await world.close()
    process.off('unhandledRejection', take)
    process.off('uncaughtException', take)
  }
}

async function groundOf(way: Way, clock: FuzzClock): Promise<Ground> {
  if (way === 'web') return (await import('./web/ground.js')).webGround(clock)
  if (way.startsWith('slack')) return (await import('./slack/ground.js')).slackGround(clock, way === 'slack-events')
  return (await import('./telegram/ground.js')).telegramGround(clock, way === 'telegram-webhook')
}

async function throwAll(plan: Plan, world: World, uncaught: string[]): Promise<Report> {
  const { ways, count, seed, every, tell = () => undefined } = plan
  const { grounds } = world
  const classes: Record<string, number> = {}
  const heapMegabytes: number[] = []
  const begun = Date.now()
  let thrown = 0
  let looked = 0
  let afterMessage = '0'
  let wave: Shot<unknown>[] = []

  const judge = (sentences: string[]) => {
    const all = [...sentences, ...world.faults(), ...uncaught.splice(0)]
    if (all.length > 0) throw new Fault(plan, thrown, all, wave, linesOf(world))
  }
  const look = async () => {
    looked = thrown
    await world.joinGroups()
    for (const ground of grounds) await probe(world, ground).catch((error: Error) => judge([error.message]))
    judge(await inconsistencies(world, afterMessage))
    const [last] = await world.house.store.sql<{ id: string }>('select coalesce(max(id), 0)::text as id from message')
    afterMessage = last?.id ?? '0'
    for (const ground of grounds) ground.prune()
    global.gc?.()
    heapMegabytes.push(process.memoryUsage().heapUsed / 1_048_576)
    const speed = (thrown * 1000) / (Date.now() - begun)
    tell(`${ways.join(', ')} ${thrown} of ${count}, ${speed.toFixed(0)}/s, heap ${heapMegabytes.at(-1)?.toFixed(0)} MB`)
  }

  for (let nth = 0; thrown < count; nth++) {
    // Made only now: what is thrown follows what is on the screens
    const numRuns = Math.min(Math.ceil(WAVE / grounds.length), count - thrown)
    const waves = grounds.map(({ shots }) => fc.sample(shots, { seed: seedOf(seed, nth), numRuns }))
    wave = waves.flat()
    for (const shot of wave) classes[shot.class] = (classes[shot.class] ?? 0) + 1
    const answers = await Promise.all(
      grounds.flatMap(({ fire }, place) =>
        (waves[place] ?? []).map((shot) => fire(shot).catch((error: unknown) => String(error))),
      ),
    )
    thrown += numRuns
    judge(answers.filter((answer) => answer !== undefined))
    for (const { taken } of grounds)
      await taken().catch((error: Error) => judge([error.message, ...world.refused.values()]))
    await world.settle().catch((error: Error) => judge([error.message]))
    const isLong = nth % LONG_PAUSE_EVERY === LONG_PAUSE_EVERY - 1
    world.forward(isLong ? LONG_PAUSE_MS : (PAUSES[nth % PAUSES.length] ?? MINUTE))
    judge([])
    if (thrown - looked >= every) await look()
  }
  if (looked < thrown) await look()
  if (heapMegabytes.length >= HEAPS_MIN) judge(growth(heapMegabytes))
  const perSecond = (thrown * 1000) / (Date.now() - begun)
  const rows = await rowsOf(world)
  return { thrown, perSecond, classes, heapMegabytes, rows, logged: linesOf(world) }
}

/** The most frequent first. */
const linesOf = ({ seen }: World): [string, number][] => [...seen].sort(([, a], [, b]) => b - a)

const COUNTED = [
  'person',
  'message',
  'case_file',
  'note',
  'offer',
  'place',
  'copy',
  'file',
  'consent',
  'complaint',
  'erased',
]

async function rowsOf({ house: { store } }: World): Promise<Record<string, number>> {
  const counts = COUNTED.map((table) => `select '${table}' as name, count(*)::int as n from ${table}`)
  const rows = await store.sql<{ name: string; n: number }>(counts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

/** Far apart for waves that follow each other. */
const seedOf = (seed: number, wave: number): number => Math.imul(seed + wave, 2_654_435_761) | 0

const mean = (list: number[]) => list.reduce((sum, each) => sum + each, 0) / list.length

/** The last quarter of the heaps against the second. */
export const growthOf = (heaps: number[]): number => {
  const quarter = Math.floor(heaps.length / 4)
  return mean(heaps.slice(-quarter)) / mean(heaps.slice(quarter, 2 * quarter))
}

const growth = (heaps: number[]): string[] => {
  const ratio = growthOf(heaps)
  return global.gc && ratio > GROWTH_MAX ? [`memory grows: the last quarter is ${ratio.toFixed(2)} × the second`] : []
}
