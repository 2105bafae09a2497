import { z } from 'zod'
import { readDate } from '../../text/dates.js'
import { formatDate } from '../../text/formats.js'
import { defineQuestion, invalid, valid } from './question.js'

/** A day, as people say it ("15 марта", "вчера", "15. 3."); the answer is YYYY-MM-DD. */
export const date = defineQuestion({
  kind: 'date',
  options: z.strictObject({
    /** Days that have not come yet. */
    future: z.boolean().default(true),
    past: z.boolean().default(true),
  }),
  texts: ['date.unreadable', 'date.future', 'date.past'],
  picks: 'date',
  shape: () => 'string',
  read(given, { future, past }, { language, today }) {
    const now = today()
    const day = given.kind === 'text' ? readDate(given.text, language, now, lean(future, past)) : undefined
    if (day === undefined) return invalid('date.unreadable')
    if (!future && day > now) return invalid('date.future', { day })
    if (!past && day < now) return invalid('date.past', { day })
    return valid(day)
  },
  show: (value, { language }) => formatDate(language, String(value), 'long'),
})

/** "15 марта" without a year is the one that the question allows. */
const lean = (future: boolean, past: boolean) => (future === past ? 'nearest' : future ? 'future' : 'past')
