/** How well search and danger recognition do on questions whose answers are known. */
import { z } from 'zod'
import { COUNTRIES } from '../text/countries.js'
import type { Search } from './search/search.js'

/** One line of a file of questions; `country` is the conversation's. */
export const Question = z.looseObject({
  id: z.string().optional(),
  text: z.string(),
  lang: z.string(),
  country: z.enum(COUNTRIES).nullish(),
  expected_fact_ids: z.array(z.string()).default([]),
  kind: z.enum(['answerable', 'no_answer', 'urgent', 'calm']),
})
export type Question = z.infer<typeof Question>

export type Detect = (text: string) => { kind: string } | null

/** `why`: what was expected, and `got` what came instead. */
export type Miss = { id: string | undefined; text: string; lang: string; why: string; got: string[] }

export type Measured = {
  languages: Record<string, { n: number; hit3: number }>
  noAnswer: { n: number; escalated: number }
  /** Questions that have an answer and were handed to a human all the same. */
  handedOver: { n: number; escalated: number }
  danger: { n: number; recognised: number }
  falseAlarms: { n: number; raised: number }
  misses: Miss[]
}

const SHOWN = 3

export function measure(questions: Question[], search: Search, detect: Detect): Measured {
  const measured: Measured = {
    languages: {},
    noAnswer: { n: 0, escalated: 0 },
    handedOver: { n: 0, escalated: 0 },
    danger: { n: 0, recognised: 0 },
    falseAlarms: { n: 0, raised: 0 },
    misses: [],
  }
  for (const { id, text, lang, country, expected_fact_ids: expected, kind } of questions) {
    const { results, escalate } = search(text, { country: country ?? undefined, limit: SHOWN })
    const alarm = detect(text) !== null
    const miss = (why: string) => measured.misses.push({ id, text, lang, why, got: results.map((result) => result.id) })

    if (kind === 'urgent') {
      measured.danger.n++
      if (alarm) measured.danger.recognised++
      else miss('danger not recognised')
    } else {
      measured.falseAlarms.n++
      if (alarm) {
        measured.falseAlarms.raised++
        miss('false alarm')
      }
    }
    if (kind === 'answerable') {
      measured.languages[lang] ??= { n: 0, hit3: 0 }
      const language = measured.languages[lang]
      language.n++
      if (results.some((result) => result.facts.some((fact) => expected.includes(fact)))) language.hit3++
      else miss(`wanted ${expected.join(' or ')}`)
      measured.handedOver.n++
      if (escalate) {
        measured.handedOver.escalated++
        miss('handed over')
      }
    }
    if (kind === 'no_answer') {
      measured.noAnswer.n++
      if (escalate) measured.noAnswer.escalated++
      else miss('not escalated')
    }
  }
  return measured
}

/** The same as a table to read. */
export function table({ languages, noAnswer, handedOver, danger, falseAlarms, misses }: Measured): string {
  const line = (name: string, part: number, n: number) =>
    `${name.padEnd(32)}${String(part).padStart(5)} of ${String(n).padEnd(5)}${n === 0 ? '–' : `${Math.round((100 * part) / n)} %`}`
  return [
    ...Object.entries(languages)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { n, hit3 }]) => line(`${name}: answer among first three`, hit3, n)),
    line('no answer: escalated', noAnswer.escalated, noAnswer.n),
    line('answerable, but handed over', handedOver.escalated, handedOver.n),
    line('danger: recognised', danger.recognised, danger.n),
    line('false alarms', falseAlarms.raised, falseAlarms.n),
    ...misses.map(({ text, lang, why, got }) => `  ${lang}  ${text}\n      ${why}; got ${got.join(', ') || 'nothing'}`),
  ].join('\n')
}
