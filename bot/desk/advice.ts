/** What the knowledge has to offer to whoever answers in a person's place; the rooms themselves do not know each other. */
import type { Language } from '../text/languages.js'

export type Advice = {
  /** The title of an article, in that language or the nearest one it is written in. */
  title(id: string, language: Language): string | undefined
  /** Articles that may answer a question, or fit the words of a search; the best first. */
  suggest(question: string, about: { country: string | null; language: Language }): string[]
  /** The whole answer as a client reads it. */
  card(id: string, language: Language): string | undefined
}
