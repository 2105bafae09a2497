/** The kinds of questions, one a file: what it reads, what it says when it cannot. None knows of flows or of the others. */
import { z } from 'zod'
import { readChoice, readMany } from '../../text/choices.js'
import { formatMonth } from '../../text/formats.js'
import { normalise } from '../../text/scripts.js'
import { DATA_ID, ID } from '../names.js'
import { plain } from '../plain.js'
import type { Json } from '../types.js'
import { defineQuestion, type Given, invalid, type Reading, type Scene, valid } from './question.js'

const Options = z.strictObject({
  /** Ids; the labels are the texts `<flow>:<step>.options.<id>`, other words for them `<flow>:<step>.synonyms.<id>`. */
  options: z.array(z.string().regex(DATA_ID)).min(1).optional(),
  /** A list of the flow's head, `answers.<step>`, or an action without side effects that gives a list. */
  from: z.string().min(1).optional(),
  /** What the action of `from` is asked with. */
  with: z.record(z.string().regex(ID), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Any number of them. */
  many: z.boolean().default(false),
  /** With `many`: how many at most. */
  max: z.int().min(1).optional(),
  /** A button or own words: the answer is `{ choice }` or `{ text }`. */
  orText: z.strictObject({ max: z.int().min(1) }).optional(),
})
export type ChooseOptions = z.output<typeof Options>

/** One of a list, or with `many` several. A button, the label, its number or a synonym all do. */
export const choose = defineQuestion({
  kind: 'choose',
  options: Options,
  texts: ['choose.unreadable', 'choose.unsure', 'choose.none', 'choose.long', 'choose.most'],
  shape({ many, orText }) {
    if (many) return 'list<string>'
    return orText ? { choice: 'string', text: 'string' } : 'string'
  },
  read(given, options, scene) {
    if (options.many) return atMost(several(given, scene), options)
    const id = choiceOf(given, scene)
    if (id !== undefined) return valid(options.orText ? { choice: id } : id)
    const said = wordsOf(given)
    const found =
      said && couldBeLabel(said, options, scene) ? readChoice(said, scene.options, scene.language) : undefined
    if (found?.kind === 'one') return valid(options.orText ? { choice: found.id } : found.id)
    if (options.orText && said) {
      const { max } = options.orText
      return said.length > max ? invalid('choose.long', { max, over: said.length - max }) : valid({ text: said })
    }
    if (found?.kind === 'unsure') return { ok: false, retry: 'choose.unsure', narrow: found.ids }
    return invalid('choose.unreadable')
  },
  show(value, scene) {
    if (Array.isArray(value)) return value.map((id) => labelOf(id, scene)).join(', ')
    if (typeof value === 'object' && value !== null && typeof value.text === 'string') return value.text
    return labelOf(typeof value === 'object' && value !== null ? (value.choice ?? null) : value, scene)
  },
})

const wordsOf = (given: Given) => (given.kind === 'text' || given.kind === 'files' ? given.text?.trim() : undefined)

/** A press, or exactly the words of one option: what most people do, and cheap to see. */
function choiceOf(given: Given, { options, byWords }: Scene): string | undefined {
  if (given.kind === 'button') return options.find(({ id }) => id === given.id)?.id
  return given.kind === 'text' ? byWords.get(plain(given.text)) : undefined
}

/** Where own words are welcome, only something as short as a label is taken for one. */
function couldBeLabel(said: string, { orText }: ChooseOptions, { options }: Scene): boolean {
  return (
    !orText ||
    options.some(({ label, synonyms = [] }) => [label, ...synonyms].some((each) => said.length <= each.length + 2))
  )
}

function atMost(reading: Reading, { max }: ChooseOptions): Reading {
  const isOver = max !== undefined && reading.ok && Array.isArray(reading.value) && reading.value.length > max
  return isOver ? invalid('choose.most', { max }) : reading
}

function several(given: Given, scene: Scene): Reading {
  if (given.kind === 'several') return picked(given.ids, scene)
  const one = choiceOf(given, scene)
  if (one !== undefined) return valid([one])
  const said = wordsOf(given)
  const ids = said ? (exactly(said, scene) ?? readMany(said, scene.options, scene.language)) : undefined
  return ids && ids.length > 0 ? valid(ids) : invalid('choose.unreadable')
}

function picked(ids: string[], { options }: Scene): Reading {
  if (ids.length === 0) return invalid('choose.none')
  return ids.every((id) => options.some((option) => option.id === id)) ? valid(ids) : invalid('choose.unreadable')
}

/** Labels as they stand on the buttons, with commas between: the ordinary case, and cheap to see. */
function exactly(said: string, { byWords }: Scene): string[] | undefined {
  const ids = said.split(',').map((part) => byWords.get(normalise(part)))
  return ids.every((id) => id !== undefined) ? [...new Set(ids)] : undefined
}

/** An option that nobody has at hand any more goes by its id; one that is a month is said as one. */
const labelOf = (id: Json, { options, language }: Scene) =>
  options.find((option) => option.id === id)?.label ?? formatMonth(language, String(id))
