/** What search knows of an article or a contact: which terms it answers, and how well. */
import type { Country } from '../../text/countries.js'
import { type Article, type Contact, eachText } from '../article.js'
import type { Lexicon } from './lexicon.js'
import { readSlots, type Slot } from './read.js'

/** One way to put the question that an article answers, as the terms it is made of. */
export type Head = ReadonlySet<string>

export type Document = {
  id: string
  country: Country
  city: string | undefined
  topic: string | undefined
  /** The title and the other ways of asking, in all languages; ways that come to the same terms once. */
  heads: Head[]
  /** How much it is about a term, 0–1. */
  strength: ReadonlyMap<string, number>
}

const IN_TITLE = 1
const IN_ASKS = 0.9
const IN_TEXT = 0.5
const OF_PLACE = 1
/** Marriage is mentioned in the article on the registry; one about marriage has it in this share of its ways of asking. */
const ABOUT = 0.2
const IN_PASSING = 0.1

/** What people ask of any contact, whatever it is called. */
const ASKED_OF_CONTACTS = ['phone', 'address', 'where', 'hotline', 'advice', 'help', 'migrant-centre']

export function articleDocument(article: Article, lexicon: Lexicon): Document {
  const { heads, strength, head, mention, pass } = collect(lexicon)
  for (const [, { title, text, asks = [] }] of eachText(article.texts)) {
    head(title, IN_TITLE)
    for (const ask of asks) head(ask, IN_ASKS)
    mention(text, IN_TEXT)
  }
  pass()
  return finish(article, article.topic, heads, strength)
}

export function contactDocument(contact: Contact, lexicon: Lexicon): Document {
  const { heads, strength, head, mention, pass } = collect(lexicon)
  for (const [, { name, address = '', note = '' }] of eachText(contact.texts)) {
    head(name, IN_TITLE)
    mention(`${address} ${note}`, IN_TEXT)
  }
  pass()
  for (const term of ASKED_OF_CONTACTS) strength.set(term, Math.max(IN_ASKS, strength.get(term) ?? 0))
  return finish(contact, undefined, heads, strength)
}

function collect(lexicon: Lexicon) {
  const strength = new Map<string, number>()
  const heads = new Map<string, Head>()
  const times = new Map<string, number>()
  let asked = 0
  const raise = (slots: Slot[], to: number) => {
    const terms = new Set(slots.flatMap((slot) => [...slot.terms.keys()]))
    for (const term of terms) strength.set(term, Math.max(to, strength.get(term) ?? 0))
    return terms
  }
  return {
    strength,
    heads,
    head: (text: string, to: number) => {
      const terms = raise(readSlots(text, lexicon), to)
      for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1)
      if (terms.size > 0) heads.set([...terms].sort().join(' '), terms)
      asked++
    },
    mention: (text: string, to: number) => {
      raise(readSlots(text, lexicon), to)
    },
    /** Lowers what is outside the knowledge, or elsewhere, and only mentioned here. */
    pass: () => {
      for (const [term, much] of strength) {
        const about = (times.get(term) ?? 0) >= asked * ABOUT
        if (lexicon.concepts.get(term)?.outside && !about) strength.set(term, IN_PASSING)
        // a town in somebody's question about a rule of the whole country
        if (term.startsWith('city:') && much < IN_TITLE) strength.set(term, Math.min(much, IN_TEXT))
      }
    },
  }
}

type Placed = { id: string; country: Country; city?: string | undefined }

function finish(
  { id, country, city }: Placed,
  topic: string | undefined,
  heads: ReadonlyMap<string, Head>,
  strength: Map<string, number>,
): Document {
  strength.set(`in:${country}`, OF_PLACE)
  if (city) strength.set(`city:${city}`, OF_PLACE)
  return { id, country, city, topic, heads: [...heads.values()], strength }
}
