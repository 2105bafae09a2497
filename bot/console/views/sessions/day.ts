/** One day of training: who was there, corrections, the closing. Read from top to bottom on a phone; everything is a plain form. */
import type { Say } from '../../../desk/labels.js'
import { type Html, html } from '../../../http/html.js'
import { MARKS } from '../../../programme/checkin/attendance.js'
import { WHY_MAX } from '../../../programme/checkin/correct.js'
import type { TrainingDay } from '../../../programme/checkin/days.js'
import type { Past } from '../../../programme/checkin/history.js'
import { countAt, type Row } from '../../../programme/checkin/roster.js'
import { clockIn, type Point, verdictAt } from '../../../programme/checkin/windows.js'
import type { Material } from '../../../programme/materials/materials.js'
import { button, field, form, hint, input, section, select, twoSteps } from '../house/parts.js'
import type { View } from '../view.js'
import { historyView } from './history.js'
import { materialsView } from './materials.js'
import { whenOf } from './words.js'

export type OpenDay = {
  day: TrainingDay
  points: readonly Point[]
  rows: readonly Row[]
  /** What trainers changed, by enrolment. */
  history: ReadonlyMap<string, readonly Past[]>
  materials: readonly Material[]
  /** Pairs of names that checked in together in a quiet room, and names that were in two rooms at once. */
  signals: { pairs: readonly [string, string][]; twice: readonly string[] }
  /** Whether this reader may change anything here. */
  changes: boolean
  /** The name of a guest as it was written in a form that was refused. */
  typed: string
}

export function dayView(view: View, say: Say, open: OpenDay): Html {
  const { day, points, rows, changes } = open
  const own = rows.filter(({ guest }) => !guest)
  const guests = rows.filter(({ guest }) => guest)
  const path = `/sessions/${day.id}`
  return html`<h1>${say('page.title', { group: day.group, module: day.module })}</h1>
<p class="soft">${[whenOf(view.tongue, day), day.place].filter(Boolean).join(' · ')} · ${standing(say, day)}</p>
<p class="row"><a class="button" href="${view.base}${path}/screen">${say('page.screen')}</a> <a class="button" href="${view.base}${path}/roster.pdf">${say('page.paper')}</a></p>
${section(say('page.counts'), counts(say, points, rows))}
${section(say('page.people'), html`${own.length === 0 && hint(say('page.nobody'))}<ul class="list">${own.map((row) => person(view, say, open, row))}</ul>`)}
${guests.length > 0 && section(say('page.guests'), html`${hint(say('page.guestsHint'))}<ul class="list">${guests.map((row) => person(view, say, open, row))}</ul>`)}
${changes && section(say('page.addGuest'), adding(view, say, open))}
${signalled(say, open)}
${materialsView(view, say, open.materials, day.module)}
${changes && !day.closedAt && closing(view, say, open)}`
}

const standing = (say: Say, { closedAt, timeZone }: TrainingDay): string =>
  closedAt ? say('page.closedAt', { time: clockIn(timeZone, closedAt) }) : say('page.open')

const counts = (say: Say, points: readonly Point[], rows: readonly Row[]): Html =>
  html`<ul class="list">${points.map(({ id }) => {
    const { here, of } = countAt(rows, id)
    return html`<li><span class="what">${say(`point.${id}`)}: <strong>${here} / ${of}</strong></span></li>`
  })}</ul>`

function person(view: View, say: Say, { day, points, history, changes }: OpenDay, row: Row): Html {
  const { timeZone } = day
  const marks = row.standings.map(({ point, standing: { mark, minutes, proposed } }) => {
    const said = mark ? say(`mark.${mark}`) : say('page.unknown')
    const more = [
      mark === 'late' && minutes > 0 ? say('page.minutes', { minutes }) : '',
      proposed ? say('page.proposed') : '',
    ]
    return [`${say(`point.${point}`)}: ${said}`, ...more.filter(Boolean)].join(', ')
  })
  const words = row.words.map(
    ({ kind, at, text }) => html`<p class="hint">${say(`page.${kind}`)} (${clockIn(timeZone, at)}): “${text}”</p>`,
  )
  const past = historyView(view, say, day, history.get(row.enrolmentId) ?? [])
  const welcome =
    row.guest &&
    (row.welcome ? html`<p class="hint">${say('page.welcome')}</p>` : changes && confirm(view, say, day, row))
  return html`<li><span class="what"><strong>${row.name}</strong><br><span class="soft">${marks.join(' · ')}</span>${words}${past}${welcome}</span>${changes && correction(view, say, day, points, row)}</li>`
}

const confirm = (view: View, say: Say, day: TrainingDay, row: Row): Html =>
  form(view, `/sessions/${day.id}/welcome`, html`${hidden(row)}${button(say('page.confirm'))}`)

const hidden = ({ enrolmentId }: Row): Html => html`<input type="hidden" name="person" value="${enrolmentId}">`

const correction = (view: View, say: Say, day: TrainingDay, points: readonly Point[], row: Row): Html =>
  twoSteps(
    say('page.correct'),
    form(
      view,
      `/sessions/${day.id}/mark`,
      html`${hidden(row)}
${pointField(say, points)}
${field(
  say('page.mark'),
  select(
    'mark',
    MARKS.filter((mark) => mark !== 'late').map((value) => ({ value, label: say(`mark.${value}`) })),
    'present',
  ),
)}
${whyField(say, day)}
${button(say('page.save'))}`,
    ),
  )

const pointField = (say: Say, points: readonly Point[]): Html =>
  field(
    say('page.point'),
    select(
      'point',
      points.map(({ id }) => ({ value: id, label: say(`point.${id}`) })),
      points[0]?.id ?? '',
    ),
  )

const whyField = (say: Say, { closedAt }: TrainingDay): Html =>
  field(
    say(closedAt ? 'page.whyNeeded' : 'page.why'),
    input('why', '', html`maxlength="${WHY_MAX}"${closedAt && html` required`}`),
  )

/** By a name that is typed: a list to choose from would show the people of other groups. */
const adding = (view: View, say: Say, { day, points, typed }: OpenDay): Html =>
  html`${hint(say('page.addHint'))}${form(
    view,
    `/sessions/${day.id}/guest`,
    html`${field(say('page.fullName'), input('name', typed, html`required autocomplete="off"`))}
${pointField(say, points)}
${whyField(say, day)}
${button(say('page.add'))}`,
  )}`

/** To the trainer alone: it proves nothing, and says so. */
const signalled = (say: Say, { signals: { pairs, twice } }: OpenDay): Html | false =>
  pairs.length + twice.length > 0 &&
  section(
    say('page.signals'),
    html`${hint(say('page.signalsHint'))}<ul class="list">${pairs.map(
      ([one, other]) => html`<li><span class="what">${say('page.together', { one, other })}</span></li>`,
    )}${twice.map((name) => html`<li><span class="what">${say('page.twoPlaces', { name })}</span></li>`)}</ul>`,
  )

const closing = (view: View, say: Say, { day, points, rows }: OpenDay): Html => {
  // Whoever is in the room now; a point that is still ahead counts nobody
  const { id } = verdictAt(points, view.now).point
  return section(
    say('page.close'),
    html`<p>${say('page.count', { n: countAt(rows, id).here })}</p>
${twoSteps(say('page.everybody'), form(view, `/sessions/${day.id}/everybody`, html`${pointField(say, points)}${button(say('page.everybody'))}`))}
${twoSteps(say('page.close'), form(view, `/sessions/${day.id}/close`, html`${hint(say('page.closeHint'))}${button(say('page.fits'))}`))}`,
    'close',
  )
}
