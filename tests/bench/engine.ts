/**
 * How fast the engine alone is, beside a hand-written state machine in the same run, every reply checked.
 * Messages are counted by the second of processor time, so that a busy machine does not make the engine look slow, and by the clock:
 * the median of all rounds, and beside it the round that only one in ten outdoes, since a core that is lent to others meanwhile can
 * only make a round slower, never faster.
 * A step is one message in, with all that it leads to. Conversations are interleaved, as they are in life.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { advance } from '../../bot/engine/advance.js'
import { compile } from '../../bot/engine/compile.js'
import type { Position } from '../../bot/engine/position.js'
import type { Context } from '../../bot/engine/types.js'
import { type FloorState, floorStep } from './floor.js'
import { TEXTS, type Turn, WORKLOADS } from './workload.js'

const PEOPLE = 2000
const WARM_UP_MS = 600
const MEASURE_MS = 2500
/** Every so many messages one is timed by itself; timing each would measure the clock. */
const SAMPLE_EVERY = 16
const GOAL_PER_SECOND = 300_000

const FLOWS = 'tests/bench/flows'
const library = compile(
  ['report', 'faq', 'idle'].map((name) => ({ file: name, text: readFileSync(join(FLOWS, `${name}.yaml`), 'utf8') })),
)
const context: Context = {
  language: 'en',
  now: Date.UTC(2025, 10, 1),
  timeZone: 'Europe/Prague',
  words: (key) => TEXTS[key],
  person: {},
}

type Subject<State> = (state: State | null, text: string) => { state: State | null; said: string[] }

const engine: Subject<Position> = (state, text) => {
  const { position, effects } = advance(library, state, { kind: 'input', input: { kind: 'text', text } }, context)
  const said: string[] = []
  for (const effect of effects) if (effect.kind === 'say') said.push(effect.say.text.key)
  return { state: position, said }
}
const floor: Subject<NonNullable<FloorState>> = floorStep

function checkReplies(person: number, turn: Turn, said: readonly string[]): void {
  const isRight = said.length === turn.expect.length && said.every((key, place) => key === turn.expect[place])
  if (!isRight)
    throw new Error(`Person ${person}: "${turn.say(person)}" got ${said.join(', ')}, not ${turn.expect.join(', ')}`)
}

/** Plays the talk with everybody, over and over, for that long. What is typed is made, and what is answered checked, outside the clock. */
function play<State>(subject: Subject<State>, talk: readonly Turn[], ms: number) {
  const states = new Array<State | null>(PEOPLE).fill(null)
  const replies = new Array<readonly string[]>(PEOPLE)
  const samples: number[] = []
  const rates: { core: number; wall: number }[] = []
  const begin = performance.now()
  for (let round = 0; performance.now() - begin < ms; round++) {
    let core = 0
    let wall = 0
    for (const turn of talk) {
      const texts = Array.from(states, (_, person) => turn.say(person + round))
      const before = performance.now()
      const used = process.cpuUsage()
      for (let person = 0; person < PEOPLE; person++) {
        const timed = person % SAMPLE_EVERY === 0
        const start = timed ? process.hrtime.bigint() : 0n
        const { state, said } = subject(states[person] ?? null, texts[person] ?? '')
        if (timed) samples.push(Number(process.hrtime.bigint() - start))
        states[person] = state
        replies[person] = said
      }
      const { user, system } = process.cpuUsage(used)
      core += user + system
      wall += (performance.now() - before) * 1000
      replies.forEach((said, person) => {
        checkReplies(person + round, turn, said)
      })
    }
    const messages = PEOPLE * talk.length * 1e6
    rates.push({ core: messages / core, wall: messages / wall })
  }
  const at = (share: number, list: number[]) => list.sort((x, y) => x - y)[Math.floor(list.length * share)] ?? 0
  const wall = rates.map((rate) => rate.wall)
  return {
    perCoreSecond: at(
      0.5,
      rates.map(({ core }) => core),
    ),
    perSecond: at(0.5, wall),
    undisturbed: at(0.9, wall),
    p50: at(0.5, samples) / 1000,
    p99: at(0.99, samples) / 1000,
  }
}

/** Bytes of heap that one conversation in the middle of the talk holds. */
function heapOf<State>(subject: Subject<State>, talk: readonly Turn[]): number {
  const half = talk.slice(0, Math.ceil(talk.length / 2))
  const positions: (State | null)[] = []
  global.gc?.()
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let person = 0; person < PEOPLE; person++) {
    let state: State | null = null
    for (const turn of half) state = subject(state, turn.say(person)).state
    positions.push(state)
  }
  global.gc?.()
  return (process.memoryUsage().heapUsed - before) / positions.length
}

const row = (...cells: (string | number)[]) =>
  console.log(cells.map((cell, place) => (place < 2 ? String(cell).padEnd(9) : String(cell).padStart(12))).join(' '))
const rounded = (value: number) => Math.round(value).toLocaleString('en')

export async function benchEngine(): Promise<void> {
  row('workload', 'subject', '/core second', '/second', 'undisturbed', 'p50 µs', 'p99 µs', 'bytes each')
  let slowest = Number.POSITIVE_INFINITY
  for (const [name, talk] of Object.entries(WORKLOADS)) {
    const measure = <State>(label: string, subject: Subject<State>) => {
      play(subject, talk, WARM_UP_MS)
      const speed = play(subject, talk, MEASURE_MS)
      const bytes = heapOf(subject, talk)
      const rates = [speed.perCoreSecond, speed.perSecond, speed.undisturbed].map(rounded)
      row(name, label, ...rates, speed.p50.toFixed(2), speed.p99.toFixed(2), rounded(bytes))
      return { ...speed, bytes }
    }
    const ours = measure('engine', engine)
    const least = measure('floor', floor)
    const ratio = (value: keyof typeof ours) => `${(ours[value] / least[value]).toPrecision(2)} ×`
    const keys = ['perCoreSecond', 'perSecond', 'undisturbed', 'p50', 'p99', 'bytes'] as const
    row(name, 'ratio', ...keys.map(ratio))
    slowest = Math.min(slowest, ours.undisturbed)
  }
  console.log(`resident memory ${rounded(process.memoryUsage().rss / 1_048_576)} MB`)
  console.log(
    `goal ${rounded(GOAL_PER_SECOND)} messages per second of one core: ${slowest >= GOAL_PER_SECOND ? 'met' : 'MISSED'}`,
  )
}
