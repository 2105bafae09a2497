/** What may help while somebody waits for a human: one answer, when the search is sure of it. */
import type { Helper } from '../conversation/house.js'
import { recall, remember } from '../conversation/memory.js'
import type { Words } from '../conversation/words.js'
import { isCountry } from '../text/countries.js'
import { isCry } from '../text/cries.js'
import { isSmallTalk } from '../text/small-talk.js'
import type { Guide } from './guide.js'
import { createShowing } from './showing.js'

/** Whoever was told a moment ago whom to call tells of that; a rule of the passport office would be cold comfort. */
const SILENT_AFTER_DANGER_MS = 10 * 60_000

export function createHelper(guide: Guide, words: Words): Helper {
  const { card } = createShowing(guide, words)
  return {
    beside(text, turn) {
      const { country, city } = turn.person
      // Nothing is searched before somebody agreed (S01), and one card of a country that is not theirs would mislead.
      if (turn.view().consent !== 'given' || !isCountry(country) || isSmallTalk(text) || isCry(text)) return
      if (turn.now.getTime() - (turn.state.helpedAt ?? 0) < SILENT_AFTER_DANGER_MS) return
      const found = guide.search(text, { limit: 1, language: turn.language, country, ...(city ? { city } : {}) })
      const article = guide.knowledge.articles.find(({ id }) => id === found.results[0]?.id)
      if (found.escalate || article?.country !== country || recall(turn).shown.includes(article.id)) return
      remember(turn, { shown: [article.id] })
      return card(turn, article, `${words.say(turn.language, 'knowledge:beside')}\n`)
    },
  }
}
