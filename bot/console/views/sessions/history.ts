/** What was changed of one person on a day, a line each: "20 Nov 2026, 9:05 · Trainer 1 · arrival: here → not here: “…”". */
import type { Say } from '../../../desk/labels.js'
import { type Html, html } from '../../../http/html.js'
import type { TrainingDay } from '../../../programme/checkin/days.js'
import type { Past } from '../../../programme/checkin/history.js'
import { clockIn, dateIn } from '../../../programme/checkin/windows.js'
import { formatDate } from '../../../text/formats.js'
import type { View } from '../view.js'

export const historyView = (view: View, say: Say, { timeZone }: TrainingDay, past: readonly Past[]): Html[] =>
  past.map(({ at, by, point, was, becomes, why }) => {
    const when = `${formatDate(view.tongue, dateIn(timeZone, at))}, ${clockIn(timeZone, at)}`
    const from = was ? say(`mark.${was}`) : say('page.unknown')
    const what = `${say(`point.${point}`)}: ${from} → ${say(`mark.${becomes}`)}`
    return html`<p class="hint">${[when, by ? view.alias(by) : '–', what].join(' · ')}${why && `: “${why}”`}</p>`
  })
