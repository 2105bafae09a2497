import type { DangerKind } from './lexicon.js'
import type { Mention } from './mentions.js'

/** Concepts that must stand near each other: one of each term, in any order, and none of `calmedBy`. */
export type Sign = {
  kind: DangerKind
  line: string
  terms: readonly (readonly string[])[]
  calmedBy: readonly string[]
}

/** How many words may lie between two terms of one sign, and between a sign and what calms it. */
const NEAR = 10
const CALM_REACH = 14

/** "passport + took + boss/he - returned if" → a sign. Throws an Error that names an unknown concept. */
export function readSign(kind: DangerKind, line: string, concepts: Readonly<Record<string, string>>): Sign {
  const [needs = '', calm = ''] = line.split(' - ')
  const terms = needs.split(' + ').map((term) => term.trim().split('/'))
  const calmedBy = calm.split(' ').filter(Boolean)
  const unknown = [...terms.flat(), ...calmedBy].find((concept) => !(concept in concepts))
  if (unknown !== undefined) throw new Error(`signs.yaml: "${line}" names an unknown concept "${unknown}"`)
  return { kind, line, terms, calmedBy }
}

/** A sign that a text gives: its place among all, and the words that make it up. */
export type Given = { place: number; mentions: readonly Mention[] }

/**
 * The first of `signs` that these mentions make up and nothing calms; undefined when there is none. `believed` are the mentions
 * whose calming words count.
 */
export function firstSign(
  signs: readonly Sign[],
  mentions: readonly Mention[],
  believed: readonly Mention[],
): Given | undefined {
  const of = byConcept(mentions)
  const calming = byConcept(believed)
  for (const [place, sign] of signs.entries()) {
    const [first = [], ...rest] = sign.terms
    for (const anchor of of(first)) {
      const others = rest.flatMap((term) => of(term).find((other) => isBeside(anchor, other)) ?? [])
      if (others.length < rest.length || isCalmed(sign, anchor, calming)) continue
      return { place, mentions: [anchor, ...others] }
    }
  }
  return undefined
}

/** A year in figures is of the past, except that people write when a child was born. */
function isCalmed({ kind, calmedBy }: Sign, anchor: Mention, calming: ReturnType<typeof byConcept>): boolean {
  const calms = (concepts: readonly string[]) =>
    calming(concepts).some((mention) => distance(anchor, mention) <= CALM_REACH)
  const isPast = (kind !== 'child' && calms(['year'])) || (calms(['past']) && !calms(['now']))
  return isPast || calms(['report']) || calms(calmedBy)
}

function byConcept(mentions: readonly Mention[]): (concepts: readonly string[]) => Mention[] {
  const found = new Map<string, Mention[]>()
  for (const mention of mentions) found.set(mention.concept, [...(found.get(mention.concept) ?? []), mention])
  return (concepts) => concepts.flatMap((concept) => found.get(concept) ?? [])
}

const isBeside = (one: Mention, other: Mention) => isApart(one, other) && distance(one, other) <= NEAR

/** One word cannot be two terms; the words of a phrase may ("бросила ребенка" is abandoned, and a child). */
const isApart = (one: Mention, other: Mention) =>
  one.tokens.length !== other.tokens.length || one.tokens.some((token) => !other.tokens.includes(token))

function distance(one: Mention, other: Mention): number {
  if (one.from > other.to) return one.from - other.to
  if (other.from > one.to) return other.from - one.to
  return 0
}
