/** The form that asks for the monthly summary, below the months of a group. */
import type { Html } from '../../../http/html.js'
import { html } from '../../../http/html.js'
import { formatMonth } from '../../../text/formats.js'
import { button, form, hint, section, select } from '../house/parts.js'
import type { View } from '../view.js'
import type { DeskWords } from './words.js'

/** Offered first: the month before the newest, which is over. */
export function summaryForm(view: View, { say }: DeskWords, groupId: string, periods: readonly string[]): Html {
  const options = periods.map((period) => ({ value: period, label: formatMonth(view.tongue, period) }))
  return section(
    say('summary.title'),
    html`${hint(say('summary.hint'))}${form(
      view,
      `/reports/${groupId}/summary`,
      html`${select('period', options, periods.at(-2) ?? '', say('summary.month'))} ${button(say('summary.do'), 'quiet')}`,
      'line-form',
    )}`,
  )
}
