/** How well a document answers a question: what of the question it covers, and what of its own question was asked. */
import type { Country } from '../../text/countries.js'
import type { Document, Head } from './document.js'
import type { Lexicon } from './lexicon.js'
import type { Slot } from './read.js'

/** What is known of the conversation besides the question. */
export type Setting = { country?: Country | undefined; city?: string | undefined; topic?: string | undefined }

/** `score` (0–1) orders; `here` says that the article is of the conversation's country, or of one that the question names. */
export type Rank = { document: Document; score: number; here: boolean }

export type Weights = (term: string) => number

/** What a word counts that is in no lexicon: as much as it is rare in the articles, or this when it is not there at all. */
const WEIGHT_OF_WORD = 0.5
const WEIGHT_OF_UNKNOWN = 0.6
const WEIGHT_OF_PLACE: Record<string, number> = { in: 0.3, from: 0.35, city: 0.6 }
/** A near concept stands for half of the one that was asked for. */
const NEAR = 0.5
/** What the article asks beyond the question weighs less than what the question asks beyond the article. */
const UNASKED = 0.35
const SHARE_OF_COVERED = 0.5
const OTHER_COUNTRY = 0.5
const NOT_THE_NAMED_COUNTRY = 0.85
const OTHER_CITY = 0.75
const SAME_CITY = 1.05
const SAME_TOPIC = 1.1

/** Far more than the words of all articles. */
const KNOWN_TERMS_MAX = 50_000

/** Rare terms tell more than common ones; a concept's own weight says what kind of word it is. */
export function weightsOf(documents: readonly Document[], lexicon: Lexicon): Weights {
  const frequency = new Map<string, number>()
  for (const { strength } of documents) {
    for (const [term, much] of strength) if (much > NEAR) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  }
  const rarest = Math.log(1 + documents.length)
  const rarity = (term: string) =>
    0.5 + (0.5 * Math.log((1 + documents.length) / (1 + (frequency.get(term) ?? 0)))) / rarest
  const cache = new Map<string, number>()
  return (term) => {
    let weight = cache.get(term)
    if (weight === undefined) {
      const [kind = ''] = term.split(':')
      weight = WEIGHT_OF_PLACE[kind] ?? (lexicon.concepts.get(term)?.weight ?? WEIGHT_OF_WORD) * rarity(term)
      // People write whatever they like: what they made up is looked at anew
      if (cache.size < KNOWN_TERMS_MAX) cache.set(term, weight)
    }
    return weight
  }
}

export const weightOf = (slot: Slot, weights: Weights): number =>
  slot.terms.size === 0
    ? WEIGHT_OF_UNKNOWN
    : Math.max(...[...slot.terms].map(([term, surely]) => weights(term) * surely))

/** All documents, the best first. */
export function rank(
  slots: Slot[],
  setting: Setting,
  documents: readonly Document[],
  weights: Weights,
  lexicon: Lexicon,
): Rank[] {
  const asked = slots.map((slot) => ({ slot, weight: weightOf(slot, weights) }))
  const total = asked.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return []
  const places = placesNamed(slots)
  return documents
    .map((document): Rank => {
      let covered = 0
      for (const { slot, weight } of asked) covered += weight * strengthOf(slot, document.strength, lexicon)
      covered /= total
      const alike = Math.max(0, ...document.heads.map((head) => likeness(asked, total, head, weights)))
      const score = SHARE_OF_COVERED * covered + (1 - SHARE_OF_COVERED) * alike
      const here = isHere(document, setting, places)
      return { document, score: score * placeFit(document, setting, places, here), here }
    })
    .sort((a, b) => b.score - a.score || (a.document.id < b.document.id ? -1 : 1))
}

/** How much a document is about what one slot may mean. */
export function strengthOf({ terms }: Slot, strength: ReadonlyMap<string, number>, { concepts }: Lexicon): number {
  let most = 0
  for (const [term, surely] of terms) {
    most = Math.max(most, surely * (strength.get(term) ?? 0))
    for (const near of concepts.get(term)?.near ?? []) most = Math.max(most, surely * NEAR * (strength.get(near) ?? 0))
  }
  return most
}

function likeness(asked: { slot: Slot; weight: number }[], total: number, head: Head, weights: Weights): number {
  let shared = 0
  const met = new Set<string>()
  for (const { slot, weight } of asked) {
    let surely = 0
    for (const [term, each] of slot.terms) {
      if (!head.has(term)) continue
      met.add(term)
      surely = Math.max(surely, each)
    }
    shared += weight * surely
  }
  let unasked = 0
  for (const term of head) if (!met.has(term)) unasked += weights(term)
  return shared / (total + UNASKED * unasked)
}

type Named = { countries: Set<string>; cities: Set<string> }

function placesNamed(slots: Slot[]): Named {
  const named: Named = { countries: new Set(), cities: new Set() }
  for (const term of slots.flatMap((slot) => [...slot.terms.keys()])) {
    const [kind, name = ''] = term.split(':')
    if (kind === 'in') named.countries.add(name)
    if (kind === 'city') named.cities.add(name)
  }
  return named
}

const isHere = (document: Document, { country }: Setting, named: Named): boolean =>
  named.countries.has(document.country) || country === document.country || (!country && named.countries.size === 0)

/** The country and town of the question go before those of the conversation, these before all others. */
function placeFit(document: Document, { city, topic }: Setting, named: Named, here: boolean): number {
  let factor = 1
  if (!here) factor *= OTHER_COUNTRY
  else if (named.countries.size > 0 && !named.countries.has(document.country)) factor *= NOT_THE_NAMED_COUNTRY
  if (document.city) {
    const wanted = named.cities.size > 0 ? named.cities : new Set(city ? [city] : [])
    if (wanted.size > 0) factor *= wanted.has(document.city) ? SAME_CITY : OTHER_CITY
  }
  return topic && topic === document.topic ? factor * SAME_TOPIC : factor
}
