/** Words and commands that mean something at any question: when they are the whole message, and only then. */
import { normalise } from '../text/scripts.js'
import { type Audience, isFor, type Library } from './library.js'
import { plain } from './plain.js'
import { remember } from './remember.js'
import type { Context } from './types.js'

export type Meaning = { kind: 'flow'; flow: string } | { kind: 'back' | 'cancel' | 'help' }

/** The engine's own words: the texts `common:words.<what>`, separated by `|`. */
export const OWN_WORDS = ['back', 'cancel', 'help'] as const

/** Nobody's words for a way out are longer. */
const LONGEST = 60

type Vocabulary = ReadonlyMap<string, Meaning>
const vocabularies = new WeakMap<Library, WeakMap<Context['words'], Map<Audience, Vocabulary>>>()

export function meaningOf(library: Library, context: Context, audience: Audience, text: string): Meaning | undefined {
  if (text.length > LONGEST) return undefined
  if (text.charCodeAt(0) === 47) return commandOf(library, audience, text)
  return vocabularyOf(library, context.words, audience).get(plain(text))
}

function commandOf(library: Library, audience: Audience, text: string): Meaning | undefined {
  const name = text.slice(1).trim().toLowerCase()
  const flow = library.commands.get(name)
  if (flow !== undefined && isFor(library.newest(flow), audience)) return { kind: 'flow', flow }
  const own = OWN_WORDS.find((word) => word === name)
  return own && { kind: own }
}

function vocabularyOf(library: Library, words: Context['words'], audience: Audience): Vocabulary {
  const known = vocabularies.get(library)?.get(words)?.get(audience)
  if (known) return known
  const byWords = remember(vocabularies, library, () => new WeakMap())
  const byAudience = remember(byWords, words, () => new Map())
  return remember(byAudience, audience, () => collect(library, words, audience))
}

function collect(library: Library, words: Context['words'], audience: Audience): Vocabulary {
  const vocabulary = new Map<string, Meaning>()
  const add = (key: string, meaning: Meaning) => {
    for (const word of wordsIn(words(key))) if (!vocabulary.has(word)) vocabulary.set(word, meaning)
  }
  for (const flow of library.flows)
    if (flow.hasWords && isFor(flow, audience)) add(`${flow.name}:words`, { kind: 'flow', flow: flow.name })
  for (const kind of OWN_WORDS) add(`common:words.${kind}`, { kind })
  return vocabulary
}

/** "menu | start page" → the words, normalised. */
export const wordsIn = (text: string | undefined): string[] => (text ?? '').split('|').map(normalise).filter(Boolean)
