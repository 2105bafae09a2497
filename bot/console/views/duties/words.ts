/** The words of the pages about duties, figures and papers: `duties-desk:…`, in the language of whoever looks. */
import type { Say, Words } from '../../../desk/labels.js'
import type { StaffLanguage } from '../../../text/languages.js'

export type DeskWords = {
  say: Say
  /** A text of `duties.json`, as the worker reads it. */
  duties: Say
  /** An option of the report, such as a topic or a city. */
  option(list: 'topics' | 'cities', id: string): string
  /** A question of the report, in short. */
  question(id: string): string
}

export const deskWords = (texts: Words, language: StaffLanguage): DeskWords => ({
  say: (key, values) => texts.say(language, `duties-desk:${key}`, values),
  duties: (key, values) => texts.say(language, `duties:${key}`, values),
  option: (list, id) =>
    texts.find(language, `report:lists.${list}.options.${id}`) ?? texts.say(language, 'duties-desk:figures.elsewhere'),
  question: (id) => texts.find(language, `report:${id}.short`) ?? id,
})
