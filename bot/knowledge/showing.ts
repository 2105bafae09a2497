/** Answers as they are put into a conversation, with the nearest centre where it is news. */
import { remember } from '../conversation/memory.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import type { Article } from './article.js'
import { answerCard, contactLines, nearest } from './cards.js'
import type { Guide } from './guide.js'

/** Under every answer an address is noise; after a day people have scrolled past it. */
const NEAREST_AGAIN_AFTER_MS = 24 * 60 * 60_000

export function createShowing(guide: Guide, words: Words) {
  const say = (turn: Turn, key: string, values?: Record<string, number>) =>
    words.say(turn.language, `knowledge:${key}`, values)

  /** The words with where to go in person below them, if we know such a place. */
  const withNearest = (turn: Turn, text: string): string => {
    const [centre] = nearest(guide.knowledge.contacts, turn.person)
    if (!centre) return text
    turn.state.nearest = { at: turn.now.getTime(), place: placeOf(turn) }
    return `${text}\n\n${say(turn, 'nearest')}\n${contactLines(centre, words, turn.language)}`
  }

  const card = (turn: Turn, article: Article, lead: string): string =>
    answerCard(article, {
      words,
      language: turn.language,
      lead,
      confirmed: guide.knowledge.confirmed.has(article.id),
    })

  /** Shows articles as cards; the last one tells where to go in person, the first time and then once a day. */
  const show = (turn: Turn, articles: Article[]): void => {
    const total = articles.length
    articles.forEach((article, index) => {
      const text = card(turn, article, say(turn, 'answer', { n: index + 1, total }))
      turn.sayText(index === total - 1 && isNews(turn) ? withNearest(turn, text) : text)
    })
    remember(turn, { shown: articles.map(({ id }) => id) })
  }

  return { card, show, withNearest }
}

const placeOf = ({ person }: Turn): string => `${person.country ?? ''}/${person.city ?? ''}`

function isNews(turn: Turn): boolean {
  const { nearest } = turn.state
  return nearest?.place !== placeOf(turn) || turn.now.getTime() - nearest.at >= NEAREST_AGAIN_AFTER_MS
}
