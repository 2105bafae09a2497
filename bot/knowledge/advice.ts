/** What the knowledge offers to whoever answers in a person's place: titles, suggestions, and whole answers in the client's language. */
import type { Words } from '../conversation/words.js'
import { isCountry } from '../text/countries.js'
import type { Language } from '../text/languages.js'
import { answerCard } from './cards.js'
import { articleTitle, type Guide } from './guide.js'

/** As many as fit under a message as buttons that can be read. */
const SUGGESTED = 6

export const adviceOf = (guide: Guide, words: Words) => ({
  title: (id: string, language: Language) => articleTitle(guide, id, language),
  suggest(question: string, { country, language }: { country: string | null; language: Language }): string[] {
    const { results } = guide.search(question, {
      limit: SUGGESTED,
      language,
      ...(isCountry(country) ? { country } : {}),
    })
    return results.map(({ id }) => id)
  },
  card(id: string, language: Language): string | undefined {
    const article = guide.knowledge.articles.find((each) => each.id === id)
    const confirmed = guide.knowledge.confirmed.has(id)
    return (
      article &&
      answerCard(article, {
        words,
        language,
        lead: words.say(language, 'knowledge:answer', { n: 1, total: 1 }),
        confirmed,
      })
    )
  },
})
