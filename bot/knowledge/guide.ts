/** The knowledge in memory: read once, searched often, read anew when a consultant changed something. */
import type { Store } from '../store/store.js'
import type { Language } from '../text/languages.js'
import { textIn } from './cards.js'
import { type Knowledge, readKnowledge } from './catalogue.js'
import { createSearch, type Search } from './search/search.js'

export type Guide = {
  readonly knowledge: Knowledge
  /** Its index takes a moment, and is made when somebody first looks. */
  readonly search: Search
  /** Reads the database again. */
  refresh(): Promise<void>
}

export async function openGuide(store: Pick<Store, 'db'>): Promise<Guide> {
  let knowledge = await readKnowledge(store)
  let search: Search | undefined
  return {
    get knowledge() {
      return knowledge
    },
    get search() {
      search ??= createSearch(knowledge.articles, knowledge.contacts)
      return search
    },
    async refresh() {
      knowledge = await readKnowledge(store)
      search = undefined
    },
  }
}

/** The title of an article, in that language or the nearest one it is written in. */
export const articleTitle = (guide: Guide, id: string, language: Language): string | undefined => {
  const article = guide.knowledge.articles.find((each) => each.id === id)
  return article && textIn(article.texts, language)?.title
}
