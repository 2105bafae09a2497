/** What can be proved of flows before anybody talks with them. */

import { LANGUAGES, type Language, STAFF_LANGUAGES } from '../text/languages.js'
import { normalise } from '../text/scripts.js'
import { circleWithoutQuestion, leadingTo, reachable } from './graph.js'
import { type Audience, isFor, type Library } from './library.js'
import type { Flow, Step } from './model.js'
import { gapsInMoves } from './moves-check.js'
import { ENGINE_TEXTS, type NeededText, textsOf } from './texts.js'
import { OWN_WORDS, wordsIn } from './vocabulary.js'

export type Problem = { code: string; where: string; sentence: string }

export type CheckOptions = {
  /** The text in exactly that language, not in one that stands in for it; `undefined` when it is not written. */
  words?: (language: Language, key: string) => string | undefined
  /** Longest label and message of the narrowest channel. */
  limits?: { label: number; message: number }
}

const languagesOf = (audience: Audience): readonly Language[] => (audience === 'client' ? LANGUAGES : STAFF_LANGUAGES)

/** Everything that is wrong, in the order of the flows. Empty when all is well. */
export function check(library: Library, options: CheckOptions = {}): Problem[] {
  return [
    ...library.flows.flatMap((flow) => [...ways(library, flow), ...flowTexts(library, flow, options)]),
    ...engineTexts(library, options),
    ...clashes(library, options),
    ...(options.words ? sameLabels(library, options.words) : []),
    ...gapsInMoves(library).map(({ flow, sentence }) => ({ code: 'FLOW_MOVES', where: flow, sentence })),
  ]
}

function ways(library: Library, flow: Flow): Problem[] {
  const at = (step: Step) => `${flow.source.file}: steps.${step.id}`
  const found = reachable(flow)
  const ending = leadingTo(flow, (step) => leadsToHuman(step))
  const circle = circleWithoutQuestion(library, flow)
  return [
    ...flow.steps
      .filter(({ place }) => !found.has(place))
      .map((step) => ({ code: 'FLOW_UNREACHABLE', where: at(step), sentence: 'No way leads here.' })),
    ...flow.steps
      .filter(({ place }) => found.has(place) && !ending.has(place))
      .map((step) => ({
        code: 'FLOW_ENDLESS',
        where: at(step),
        sentence: 'From here no way leads to an end or to a human.',
      })),
    ...(circle
      ? [
          {
            code: 'FLOW_CIRCLE',
            where: flow.source.file,
            sentence: `A circle without a question: ${circle.join(' → ')}.`,
          },
        ]
      : []),
  ]
}

const leadsToHuman = (step: Step): boolean =>
  (step.form === 'do' && step.human) ||
  (step.form === 'run' && step.flow === 'human') ||
  (step.form === 'say' && step.buttons.some(({ flow }) => flow === 'human'))

function flowTexts(library: Library, flow: Flow, options: CheckOptions): Problem[] {
  return textsOf(library, flow).flatMap((text) =>
    oneText(text, languagesOf(flow.audience), options, text.step ? `${flow.name}: ${text.step}` : flow.name),
  )
}

function engineTexts(library: Library, options: CheckOptions): Problem[] {
  const languages = new Set(library.flows.flatMap(({ audience }) => languagesOf(audience)))
  return ENGINE_TEXTS.flatMap((text) => oneText(text, [...languages], options, 'engine'))
}

function oneText(
  { key, as }: NeededText,
  languages: readonly Language[],
  options: CheckOptions,
  where: string,
): Problem[] {
  const { words, limits } = options
  if (!words) return []
  const isThere = (language: Language) =>
    words(language, key) !== undefined || words(language, `${key}_other`) !== undefined
  const missing = languages.filter((language) => !isThere(language))
  const most = limits && as === 'label' ? limits.label : limits?.message
  const long = most === undefined ? [] : languages.filter((language) => (words(language, key)?.length ?? 0) > most)
  return [
    ...(missing.length > 0
      ? [{ code: 'TEXT_MISSING', where, sentence: `${key} is not written in: ${missing.join(', ')}.` }]
      : []),
    ...(long.length > 0 && as !== 'words'
      ? [{ code: 'TEXT_LONG', where, sentence: `${key} is longer than ${most} characters in: ${long.join(', ')}.` }]
      : []),
  ]
}

/** The same word for two things, in any language of an audience. */
function clashes(library: Library, { words }: CheckOptions): Problem[] {
  const audiences = [...new Set(library.flows.map(({ audience }) => audience))]
  return audiences.flatMap((audience) =>
    languagesOf(audience).flatMap((language) => {
      const meanings = new Map<string, Set<string>>()
      const add = (word: string, meaning: string) => meanings.set(word, (meanings.get(word) ?? new Set()).add(meaning))
      for (const flow of library.flows) {
        if (!isFor(flow, audience)) continue
        if (flow.command !== undefined) add(`/${flow.command}`, flow.name)
        if (flow.hasWords) for (const word of wordsIn(words?.(language, `${flow.name}:words`))) add(word, flow.name)
      }
      for (const own of OWN_WORDS) {
        // A flow called "help" is what the word help stands for where a question has no help of its own
        const name = library.newest(own)?.name ?? own
        for (const word of wordsIn(words?.(language, `common:words.${own}`))) add(word, name)
      }
      return [...meanings]
        .filter(([, names]) => names.size > 1)
        .map(([word, names]) => ({
          code: 'WORD_CLASH',
          where: `${audience}, ${language}`,
          sentence: `"${word}" means ${[...names].join(' and ')}.`,
        }))
    }),
  )
}

/** Two options of one question that people could not tell apart by typing. */
function sameLabels(library: Library, words: NonNullable<CheckOptions['words']>): Problem[] {
  return library.flows.flatMap((flow) =>
    flow.steps.flatMap((step) => {
      if (step.form !== 'ask' || step.source?.kind !== 'ids') return []
      const { ids, texts } = step.source
      return languagesOf(flow.audience).flatMap((language) => {
        const labels = ids.map((id) => normalise(words(language, `${texts}.options.${id}`) ?? id))
        const twice = labels.filter((label, place) => labels.indexOf(label) !== place)
        return twice.map((label) => ({
          code: 'LABEL_TWICE',
          where: `${flow.name}: ${step.id}`,
          sentence: `Two options are called "${label}" in ${language}.`,
        }))
      })
    }),
  )
}
