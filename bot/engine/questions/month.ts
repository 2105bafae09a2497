import { z } from 'zod'
import { readMonth } from '../../text/dates.js'
import { formatMonth } from '../../text/formats.js'
import { defineQuestion, invalid, valid } from './question.js'

/** A month ("март", "last month", "3/2026"); the answer is YYYY-MM. */
export const month = defineQuestion({
  kind: 'month',
  options: z.strictObject({ future: z.boolean().default(true) }),
  texts: ['month.unreadable', 'month.future'],
  shape: () => 'string',
  read(given, { future }, { language, today }) {
    const now = today()
    const month = given.kind === 'text' ? readMonth(given.text, language, now, future ? 'nearest' : 'past') : undefined
    if (month === undefined) return invalid('month.unreadable')
    if (!future && month > now.slice(0, 7)) return invalid('month.future', { month })
    return valid(month)
  },
  show: (value, { language }) => formatMonth(language, String(value)),
})
