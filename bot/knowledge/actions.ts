/**
 * Articles and contacts, and the search in them. Whom to call in danger stands in `danger/`.
 *
 * What flows may ask of the knowledge.
 */
import { z } from 'zod'
import { defineAction, Refusal } from '../conversation/action.js'
import { OTHER_TOPIC, recall, remember } from '../conversation/memory.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import { count } from '../store/counters.js'
import { CITIES } from '../text/cities.js'
import { isCountry } from '../text/countries.js'
import { isCry } from '../text/cries.js'
import { isSmallTalk } from '../text/small-talk.js'
import type { Article } from './article.js'
import { contactLines, nearest, textIn } from './cards.js'
import type { Guide } from './guide.js'
import { createShowing } from './showing.js'
import { inOrder } from './topics.js'

const nothing = z.object({})
const Options = z.array(z.object({ id: z.string(), label: z.string() }))

/** As many answers as fit on the screen of a phone without scrolling far. */
const ANSWERS_SHOWN = 3
/**
 * A second answer is shown only when it fits nearly as well as the first: beside "I lost my passport", how to prolong a stay is noise.
 * Of 704 questions (`tests/knowledge`) this hides the right answer from five, and four cards of ten from everybody.
 */
const NEARLY_AS_WELL = 0.7
/**
 * Less than this says nothing of the topic: of the questions without an answer (`tests/knowledge`), the exchange rate would be a matter
 * of safety and a car on credit one of health. Above it 12 of 14 guesses about what we have a topic for are right.
 */
const LIKE_ENOUGH = 0.4
const CENTRES_SHOWN = 5

export function knowledgeActions(guide: Guide, words: Words) {
  const say = (turn: Turn, key: string) => words.say(turn.language, `knowledge:${key}`)
  const countryOf = (turn: Turn) => (isCountry(turn.person.country) ? turn.person.country : undefined)
  const { show, withNearest } = createShowing(guide, words)
  const inCountry = (turn: Turn) => {
    const country = countryOf(turn)
    return guide.knowledge.articles.filter((article) => !country || article.country === country)
  }

  const topics = defineAction({
    name: 'knowledge.topics',
    input: nothing,
    output: Options,
    async run(_, { turn }) {
      return inOrder(inCountry(turn).map(({ topic }) => topic)).map((id) => ({ id, label: say(turn, `topics.${id}`) }))
    },
  })

  const questions = defineAction({
    name: 'knowledge.questions',
    input: z.object({ topic: z.string() }),
    output: Options,
    async run({ topic }, { turn }) {
      const own = inCountry(turn).filter((article) => article.topic === topic)
      // What concerns the person's own city comes first.
      const near = (article: Article) => (article.city && article.city === turn.person.city ? 0 : article.city ? 2 : 1)
      return own
        .sort((a, b) => near(a) - near(b))
        .map((article) => ({ id: article.id, label: textIn(article.texts, turn.language)?.title ?? article.id }))
    },
  })

  const read = defineAction({
    name: 'knowledge.read',
    input: z.object({ article: z.string() }),
    output: nothing,
    async run({ article: id }, { turn, tx, now }) {
      const article = guide.knowledge.articles.find((each) => each.id === id)
      if (!article) throw new Refusal('gone')
      remember(turn, { question: textIn(article.texts, turn.language)?.title ?? '', topic: article.topic })
      show(turn, [article])
      await count(tx, now, `read-${article.topic}`, article.country)
      return {}
    },
  })

  const answer = defineAction({
    name: 'knowledge.answer',
    input: z.object({ text: z.string(), topic: z.string().optional() }),
    output: nothing,
    async run({ text, topic }, { turn, tx, now }) {
      // A greeting, or a number alone, is no question that a human should be called for.
      if (isSmallTalk(text)) throw new Refusal('greeting')
      // Nor can an article answer somebody who has not said yet what happened.
      if (isCry(text)) {
        if (!recall(turn).question) remember(turn, { question: text })
        throw new Refusal('help')
      }
      const country = countryOf(turn)
      const { city } = turn.person
      const found = guide.search(text, {
        limit: ANSWERS_SHOWN,
        language: turn.language,
        ...(country ? { country } : {}),
        ...(city ? { city } : {}),
        ...(topic ? { topic } : {}),
      })
      const byId = new Map(guide.knowledge.articles.map((article) => [article.id, article]))
      // Whose country we have no articles of may want those of another, each with its own rule.
      const least = country ? NEARLY_AS_WELL * (found.results[0]?.score ?? 0) : 0
      const articles = found.results.flatMap(({ id, score }) => (score >= least ? (byId.get(id) ?? []) : []))
      // What the question is like helps whoever sorts the queue, even when it is too little to answer by.
      const [best] = found.results
      const guess = best && best.score >= LIKE_ENOUGH ? byId.get(best.id)?.topic : undefined
      remember(turn, { question: text, topic: topic ?? guess ?? OTHER_TOPIC })
      if (found.escalate || articles.length === 0) {
        await count(tx, now, 'unanswered', country ?? null)
        throw new Refusal('nothing')
      }
      show(turn, articles)
      await count(tx, now, `answered-${articles[0]?.topic}`, country ?? null)
      return {}
    },
  })

  /** Nothing helped, and a human may take a while: there is a place to go to, even if it was shown a minute ago. */
  const unanswered = defineAction({
    name: 'knowledge.unanswered',
    input: nothing,
    output: nothing,
    async run(_, { turn }) {
      // The words stand with the flow: older versions of it say them by themselves.
      turn.sayText(withNearest(turn, words.say(turn.language, 'hotline:unanswered')))
      return {}
    },
  })

  const helped = defineAction({
    name: 'knowledge.helped',
    input: nothing,
    output: nothing,
    async run(_, { turn, tx, now }) {
      turn.sayText(say(turn, 'glad'))
      await count(tx, now, 'helped', countryOf(turn) ?? null)
      return {}
    },
  })

  const centres = defineAction({
    name: 'knowledge.centres',
    input: nothing,
    output: nothing,
    async run(_, { turn }) {
      const near = nearest(guide.knowledge.contacts, turn.person).slice(0, CENTRES_SHOWN)
      if (near.length === 0) turn.sayText(say(turn, 'noCentres'))
      else
        turn.sayText(
          [
            say(turn, 'centres'),
            ...near.map((contact) => contactLines(contact, words, turn.language)),
            say(turn, 'callFirst'),
          ].join('\n\n'),
        )
      return {}
    },
  })

  const cities = defineAction({
    name: 'knowledge.cities',
    input: z.object({ country: z.string() }),
    output: Options,
    async run({ country }, { turn }) {
      const own = CITIES.filter((city) => city.country === country).map(({ id }) => id)
      return [...own, 'other'].map((id) => ({ id, label: say(turn, `cities.${id}`) }))
    },
  })

  return [topics, questions, read, answer, unanswered, helped, centres, cities]
}
