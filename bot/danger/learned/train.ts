import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { DANGER_KINDS } from '../lexicon.js'
import { featuresOf } from './features.js'
import { ALARM_SIZE, evenly, KIND_SIZE, type Model, type Weights } from './model.js'

/** One line of a file of sentences: who writes it is in danger (`danger` says which), or calm. */
export const Sentence = z.looseObject({
  text: z.string(),
  lang: z.string(),
  kind: z.enum(['urgent', 'calm', 'answerable', 'no_answer']),
  danger: z.enum(DANGER_KINDS).optional(),
})
export type Sentence = z.infer<typeof Sentence>

export const readSentences = (file: string): Sentence[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Sentence.parse(JSON.parse(line)))

export const digestOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Passes over all sentences, in an order that is mixed anew each time but always the same way. */
const PASSES = 14
/** First step of AdaGrad, and how strongly weights are pulled to zero: chosen on sentences that were not learned from. */
const STEP = 0.5
const PULL = 1e-3
/** The same order at every training. */
const SEED = 7

/** Learns from sentences; a few seconds for ten thousand. The same sentences give the same model. */
export function train(sentences: readonly Sentence[], of: string): Model {
  const rows = sentences.map(({ text, danger }) => ({ features: featuresOf(text), danger }))
  const urgent = rows.filter(({ danger }) => danger !== undefined)
  return {
    of,
    alarm: learn(
      rows.map(({ features, danger }) => ({ features, yes: danger !== undefined })),
      ALARM_SIZE,
    ),
    kinds: DANGER_KINDS.map((kind) =>
      learn(
        urgent.map(({ features, danger }) => ({ features, yes: danger === kind })),
        KIND_SIZE,
      ),
    ),
  }
}

type Row = { features: number[]; yes: boolean }

/** Logistic regression by AdaGrad (Duchi, Hazan, Singer 2011), one row at a time. */
function learn(rows: readonly Row[], size: number): Weights {
  const weights = new Float64Array(size)
  const squares = new Float64Array(size).fill(1e-6)
  const order = rows.map((_, place) => place)
  const random = randomly(SEED)
  let bias = 0
  let biasSquares = 1e-6
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, random)
    for (const place of order) {
      const { features = [], yes = false } = rows[place] ?? {}
      const even = evenly(features)
      let sum = 0
      for (const feature of features) sum += weights[feature % size] ?? 0
      const error = 1 / (1 + Math.exp(-(sum * even + bias))) - Number(yes)
      biasSquares += error * error
      bias -= (STEP * error) / Math.sqrt(biasSquares)
      for (const feature of features) {
        const at = feature % size
        const weight = weights[at] ?? 0
        const slope = error * even + PULL * weight
        const total = (squares[at] ?? 0) + slope * slope
        squares[at] = total
        weights[at] = weight - (STEP * slope) / Math.sqrt(total)
      }
    }
  }
  return inBytes(weights, bias)
}

/** A hundredth of the largest weight is fine enough: a sentence adds up hundreds. */
function inBytes(weights: Float64Array, bias: number): Weights {
  const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9) / 127
  return { bias, scale, weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)) }
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0]
  }
}

/** Mulberry32. */
function randomly(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
