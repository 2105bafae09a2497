/** What is missing, and what is done, in words: texts of `duties.json`, the same in the chat and at the desk. */
import type { Words } from '../../conversation/words.js'
import { formatDate, formatMonth, formatNumber } from '../../text/formats.js'
import type { Language } from '../../text/languages.js'
import { dateIn } from '../checkin/windows.js'
import type { ProgrammeRules } from '../rules.js'
import type { Duties } from './read.js'
import { isWhole, type Missing } from './rule.js'

export type Say = (key: string, values?: Record<string, string | number>) => string

export const sayIn =
  (words: Pick<Words, 'say'>, language: Language): Say =>
  (key, values) =>
    words.say(language, `duties:${key}`, values)

/** One sentence, without what is planned: "Module 3: missed". */
export function sentenceOf(say: Say, language: Language, missing: Missing): string {
  switch (missing.kind) {
    case 'module':
      return say(`missing.module.${missing.why}`, { module: missing.module })
    case 'hours':
      return say('missing.hours', { hours: formatNumber(language, missing.hours) })
    case 'month':
      return say(`missing.month.${missing.why}`, { month: formatMonth(language, missing.period) })
    case 'feedback':
      return say('missing.feedback', { count: missing.count })
  }
}

/** The same, with the next day of that module where one is planned. */
export function fullSentence(say: Say, language: Language, duties: Duties, missing: Missing): string {
  const what = sentenceOf(say, language, missing)
  const day = missing.kind === 'module' ? duties.coming.get(missing.module) : undefined
  if (!day) return what
  const date = formatDate(language, dateIn(day.timeZone, day.startsAt))
  return say('missing.next', { what, date, group: day.group })
}

/** How many months are approved, of those that are over; the running one is not counted until it is over. */
export function monthCount({ months }: Pick<Duties, 'months'>): { done: number; of: number } {
  const over = months.filter((month) => month.over)
  return { done: over.filter(({ state }) => state === 'approved').length, of: over.length }
}

/** What is done, line by line. */
export function doneLines(say: Say, language: Language, rules: ProgrammeRules, duties: Duties): string[] {
  const whole = duties.modules.filter(isWhole).map(({ module }) => module)
  const { done, of } = monthCount(duties)
  const hours = rules.modules * rules.hoursPerModule
  return [
    say('done.hours', { hours: formatNumber(language, duties.hours), of: formatNumber(language, hours) }),
    whole.length > 0 ? say('done.modules', { modules: whole.join(', ') }) : say('done.noModules'),
    say('done.months', { done, of }),
    say('done.feedback', { count: duties.feedback }),
  ]
}
