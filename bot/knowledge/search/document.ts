/** What search knows of an article: which terms it answers, and how well. */
import type { Article } from '../article.js'
import { eachText } from '../article.js'
import type { Lexicon } from './lexicon.js'
import { readSlots, type Slot } from './read.js'

/** One way to put the article's question, as the terms it is made of. */
export type Head = ReadonlySet<string>

export type Document = {
  article: Article
  /** The title and the other ways of asking, in all languages; ways that come to the same terms once. */
  heads: Head[]
  /** How much the article is about a term, 0–1. */
  strength: ReadonlyMap<string, number>
}

const IN_TITLE = 1
const IN_ASKS = 0.9
const IN_TEXT = 0.5
const OF_PLACE = 1
/** Marriage is mentioned in the article on the registry; an article about marriage has it in this share of its ways of asking. */
const ABOUT = 0.25
const IN_PASSING = 0.2

export function documentOf(article: Article, lexicon: Lexicon): Document {
  const strength = new Map<string, number>()
  const heads = new Map<string, Head>()
  const times = new Map<string, number>()
  const raise = (slots: Slot[], to: number) => {
    const terms = new Set(slots.flatMap((slot) => [...slot.terms.keys()]))
    for (const term of terms) strength.set(term, Math.max(to, strength.get(term) ?? 0))
    return terms
  }
  const head = (text: string, to: number) => {
    const terms = raise(readSlots(text, lexicon), to)
    for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1)
    if (terms.size > 0) heads.set([...terms].sort().join(' '), terms)
  }
  let asked = 0
  for (const [, { title, text, asks = [] }] of eachText(article.texts)) {
    head(title, IN_TITLE)
    for (const ask of asks) head(ask, IN_ASKS)
    raise(readSlots(text, lexicon), IN_TEXT)
    asked += 1 + asks.length
  }
  for (const term of strength.keys()) {
    const about = (times.get(term) ?? 0) >= asked * ABOUT
    if (lexicon.concepts.get(term)?.outside && !about) strength.set(term, IN_PASSING)
  }
  strength.set(`in:${article.country}`, OF_PLACE)
  if (article.city) strength.set(`city:${article.city}`, OF_PLACE)
  return { article, heads: [...heads.values()], strength }
}
