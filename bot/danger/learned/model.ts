/**
 * What the sentences in `sentences.jsonl` taught: how much each feature speaks of danger, and of which kind. Logistic regression; the
 * lexicon says what we know, this what people were seen to write. The sentences are the source, `weights.bin` is made of them by
 * `npm run danger:train`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DANGER_KINDS, type DangerKind } from '../lexicon.js'
import { once } from '../once.js'
import { BITS, featuresOf } from './features.js'

export const LEARNED_FOLDER = join(import.meta.dirname).replace('/dist/bot/', '/bot/')
export const SENTENCES_FILE = join(LEARNED_FOLDER, 'sentences.jsonl')
export const WEIGHTS_FILE = join(LEARNED_FOLDER, 'weights.bin')

/** Kinds are told apart by fewer features than danger from calm. */
const KIND_BITS = BITS - 2
export const ALARM_SIZE = 2 ** BITS
export const KIND_SIZE = 2 ** KIND_BITS

/** Weights of one question; `weights[feature % weights.length]`. */
export type Weights = { bias: number; scale: number; weights: Int8Array }
/** `of` is the SHA-256 of the sentences that it was learned from. */
export type Model = { of: string; alarm: Weights; kinds: readonly Weights[] }

const DIGEST = 32
const HEAD = 8

/** Digest, then for each of the seven questions bias and scale (32-bit floats) and its weights. */
export function packModel({ of, alarm, kinds }: Model): Buffer {
  const parts = [alarm, ...kinds].flatMap(({ bias, scale, weights }) => {
    const head = Buffer.alloc(HEAD)
    head.writeFloatLE(bias, 0)
    head.writeFloatLE(scale, 4)
    return [head, Buffer.from(weights.buffer, weights.byteOffset, weights.length)]
  })
  return Buffer.concat([Buffer.from(of, 'hex'), ...parts])
}

/** Throws an Error when the file is cut short. */
export function readModel(file = WEIGHTS_FILE): Model {
  const bytes = readFileSync(file)
  const expected = DIGEST + HEAD + ALARM_SIZE + DANGER_KINDS.length * (HEAD + KIND_SIZE)
  if (bytes.length !== expected) throw new Error(`${file} is damaged: make it anew with npm run danger:train.`)
  let at = DIGEST
  const next = (size: number): Weights => {
    const bias = bytes.readFloatLE(at)
    const scale = bytes.readFloatLE(at + 4)
    const weights = new Int8Array(bytes.buffer, bytes.byteOffset + at + HEAD, size)
    at += HEAD + size
    return { bias, scale, weights }
  }
  return {
    of: bytes.subarray(0, DIGEST).toString('hex'),
    alarm: next(ALARM_SIZE),
    kinds: DANGER_KINDS.map(() => next(KIND_SIZE)),
  }
}

const model = once(() => readModel())

/** Words are weighed some at a time, so that a cry in a long story is heard. */
const WINDOW = 30

/** How much the loudest part of a text speaks of danger: log odds, above 0 more likely than not. */
export function alarmOf(text: string, { alarm }: Pick<Model, 'alarm'> = model()): number {
  return Math.max(...windows(text).map((part) => weigh(featuresOf(part), alarm)))
}

/** The likeliest kind, of a text that speaks of danger. */
export function likeliestKind(text: string, { kinds, alarm }: Pick<Model, 'kinds' | 'alarm'> = model()): DangerKind {
  const [loudest = text] = windows(text)
    .map((part) => ({ part, score: weigh(featuresOf(part), alarm) }))
    .sort((one, other) => other.score - one.score)
    .map(({ part }) => part)
  const features = featuresOf(loudest)
  const scores = kinds.map((weights) => weigh(features, weights))
  return DANGER_KINDS[scores.indexOf(Math.max(...scores))] ?? 'violence'
}

/** A longer text weighs no more than a short one of the same words. */
export const evenly = (features: readonly number[]) => 1 / Math.sqrt(features.length + 1)

function weigh(features: readonly number[], { bias, scale, weights }: Weights): number {
  let sum = 0
  for (const feature of features) sum += weights[feature % weights.length] ?? 0
  return sum * scale * evenly(features) + bias
}

function windows(text: string): string[] {
  const words = text.split(/\s+/)
  if (words.length <= WINDOW + WINDOW / 2) return [text]
  const parts: string[] = []
  for (let from = 0; from < words.length - WINDOW / 2; from += WINDOW / 2)
    parts.push(words.slice(from, from + WINDOW).join(' '))
  return parts
}
