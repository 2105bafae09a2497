import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { LANGUAGES, type Language } from '../text/languages.js'
import { normalise } from '../text/scripts.js'
import { readLookalikes } from './lookalikes.js'
import { once } from './once.js'
import type { TypedWord } from './readings.js'
import { readSign, type Sign } from './signs.js'
import { indexWords, type WordIndex, type WordPattern } from './word-index.js'

/** The words of danger, one file for each language, and the signs that they make up: data for native speakers to read and mend. */
export const LEXICON_FOLDER = join(import.meta.dirname, 'lexicon').replace('/dist/bot/', '/bot/')

/** One step of a phrase: any of these words, with at most `gap` words between it and the step before. */
type Step = { patterns: readonly number[]; gap: number; short: boolean }
/** `entry` is the line of the lexicon that it stands for. */
export type Phrase = { concept: string; entry: string; steps: readonly Step[] }

export type Lexicon = {
  language: Language
  words: WordIndex
  /** Phrases by the word that they begin with (an index into the patterns). */
  phrasesFrom: ReadonlyMap<number, readonly Phrase[]>
}

/** A lexicon is made ready when it is first needed. */
export type Lexicons = {
  lexicons: readonly { language: Language; open: () => Lexicon }[]
  signs: readonly Sign[]
}

export const DANGER_KINDS = ['suicide', 'violence', 'trafficking', 'detention', 'medical', 'child'] as const
export type DangerKind = (typeof DANGER_KINDS)[number]
const Kinds = z.enum(DANGER_KINDS)

const SignsFile = z.strictObject({
  concepts: z.record(z.string(), z.string()),
  signs: z.array(z.partialRecord(Kinds, z.array(z.string()))),
})

/** A word as the lexicon writes it: "бьет" the whole, "изби*" a beginning, "*да" an ending, "бил!" without forgiving a typing error. */
const WORD = /^(\*?)([\p{L}\p{M}\p{N}']+)(\*?)(!?)$/u
/** Any number from one to the other. */
const RANGE = /^(\d+)\.\.(\d+)$/
const AT_A_DISTANCE = '~'

/** The entries of a concept, with commas between them. */
const Entries = z.string().transform((text, context) => {
  const entries = text.split(',').flatMap((entry) => entry.trim() || [])
  const parts = entries.flatMap((entry) => normalise(entry).split(/[\s|-]+/))
  const wrong = parts.find((part) => part !== AT_A_DISTANCE && !WORD.test(part) && !RANGE.test(part))
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: `"${wrong}" is not one word` })
  return entries
})

/** Concepts that calm. A typing error is forgiven in a word of danger, never in one of these. */
export const CALMING: ReadonlySet<string> = new Set([
  'not',
  'report',
  'past',
  'year',
  'if',
  'right',
  'may',
  'general',
  'dismissal',
  'later',
  'returned',
  'harmless',
])

/** Between the words of a phrase one other word may stand ("не хочу больше жить"; not in a harmless one); at `~` up to four. */
const GAP = 1
const WIDE_GAP = 4

/** Reads and checks the data. Throws an Error that names the file and the entry. */
export function loadLexicons(folder = LEXICON_FOLDER): Lexicons {
  const { concepts, signs } = SignsFile.parse(parse(readFileSync(join(folder, 'signs.yaml'), 'utf8')))
  const known = z.enum(Object.keys(concepts) as [string, ...string[]])
  const WordsFile = z.partialRecord(known, Entries)
  const isOrdinary = readLookalikes(folder)
  const lexicons = LANGUAGES.map((language) => {
    const words = WordsFile.safeParse(parse(readFileSync(join(folder, `${language}.yaml`), 'utf8')))
    if (!words.success) throw new Error(`${language}.yaml: ${z.prettifyError(words.error)}`)
    return { language, open: once(() => compile(language, words.data, isOrdinary)) }
  })
  return {
    lexicons,
    signs: signs.flatMap((block) =>
      Object.entries(block).flatMap(([kind, lines]) =>
        lines.map((line) => readSign(Kinds.parse(kind), line, concepts)),
      ),
    ),
  }
}

function compile(
  language: Language,
  concepts: Partial<Record<string, string[]>>,
  isOrdinary: (word: TypedWord) => boolean,
): Lexicon {
  const patterns = new Map<string, { id: number; pattern: WordPattern }>()
  const idOf = (source: string, forgiving: boolean) => {
    const key = `${source} ${forgiving}`
    const found = patterns.get(key) ?? { id: patterns.size, pattern: readWord(source, forgiving) }
    patterns.set(key, found)
    return found.id
  }
  const phrasesFrom = new Map<number, Phrase[]>()
  for (const [concept, entries = []] of Object.entries(concepts)) {
    for (const entry of entries) {
      const steps = readSteps(entry, concept === 'harmless' ? 0 : GAP, (source) => idOf(source, !CALMING.has(concept)))
      for (const order of ordersOf(steps, language, concept)) {
        for (const id of order[0]?.patterns ?? []) {
          const phrases = phrasesFrom.get(id) ?? []
          if (!phrases.length) phrasesFrom.set(id, phrases)
          phrases.push({ concept, entry, steps: order })
        }
      }
    }
  }
  return {
    language,
    words: indexWords(
      language,
      [...patterns.values()].map(({ pattern }) => pattern),
      isOrdinary,
    ),
    phrasesFrom,
  }
}

/**
 * In languages of free order, two words of danger mean the same the other way round ("отошли воды", "воды отошли"). Not if the first
 * is so short that it may be a "не".
 */
function ordersOf(steps: Step[], language: Language, concept: string): Step[][] {
  const [first, second] = steps
  if (!first || !second || steps.length > 2 || language === 'en' || CALMING.has(concept) || first.short) return [steps]
  return [
    steps,
    [
      { ...second, gap: 0 },
      { ...first, gap: second.gap },
    ],
  ]
}

/** "не хочу ~ жить|существовать" → its steps. */
function readSteps(entry: string, usualGap: number, idOf: (source: string) => number): Step[] {
  const steps: Step[] = []
  let gap = 0
  for (const part of entry.replaceAll('-', ' ').split(/\s+/)) {
    if (part === AT_A_DISTANCE) {
      gap = WIDE_GAP
      continue
    }
    steps.push({ patterns: part.split('|').map(idOf), gap, short: part.length <= 2 })
    gap = usualGap
  }
  return steps
}

function readWord(source: string, forgiving: boolean): WordPattern {
  const [, from, to] = source.match(RANGE) ?? []
  if (from && to) return { kind: 'number', from: Number(from), to: Number(to) }
  const [, ending, text = '', beginning, exact] = normalise(source).match(WORD) ?? []
  const kind = ending ? 'ending' : beginning ? 'beginning' : 'word'
  return { kind, text, exact: Boolean(exact), forgiving: forgiving && !exact }
}
