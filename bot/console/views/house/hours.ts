/** Hours, as a coordinator writes them: a row for each stretch of the week, a row for each holiday. */
import type { HoursProblem } from '../../../desk/hours/check.js'
import { HOURS_CHANNELS } from '../../../desk/hours/hours.js'
import type { OpeningIn } from '../../../desk/hours/opening.js'
import type { Preview } from '../../../desk/house/preview.js'
import { type Html, html } from '../../../http/html.js'
import { formatDate } from '../../../text/formats.js'
import { type ExceptionRow, type HoursRows, type ShiftRow, WEEKDAYS } from '../../house/hours-form.js'
import type { View } from '../view.js'
import { box, boxes, button, form, hint, wrong } from './parts.js'

export type HoursPage = {
  rows: HoursRows
  problems: readonly HoursProblem[]
  /** `undefined` while the rows cannot be used. */
  preview: Preview | undefined
  /** What the centre speaks: only these are offered. */
  languages: readonly string[]
}

/** Nobody comes to a centre by the terminal. */
const CHANNELS = HOURS_CHANNELS.filter((each) => each !== 'terminal')

export function hoursForm(view: View, path: string, page: HoursPage): Html {
  const { house } = view
  const { rows, preview } = page
  const whole = problemAt(view, page, '')
  return html`${preview && previewView(view, preview)}
${form(
  view,
  path,
  html`${wrong(whole)}
<button class="unseen" name="act" value="save" tabindex="-1" aria-hidden="true"></button>
<input type="hidden" name="shifts" value="${rows.shifts.length}"><input type="hidden" name="exceptions" value="${rows.exceptions.length}">
<h3>${house('hours.week')}</h3>
${rows.shifts.length === 0 && hint(house('hours.noShifts'))}
${rows.shifts.map((row, nth) => shiftView(view, page, row, nth))}
<p>${button(house('hours.addShift'), 'quiet', html`name="act" value="addShift"`)}</p>
<h3>${house('hours.special')}</h3>
${hint(house('hours.specialHint'))}
${rows.exceptions.map((row, nth) => exceptionView(view, page, row, nth))}
<p>${button(house('hours.addSpecial'), 'quiet', html`name="act" value="addException"`)}</p>
<p class="save">${button(house('hours.save'), 'primary', html`name="act" value="save"`)}</p>`,
  'hours',
)}`
}

function problemAt({ house }: View, { problems }: HoursPage, path: string): string | undefined {
  const found = problems.find((each) => each.path === path)
  return found && house(found.code)
}

const within = ({ house }: View, { problems }: HoursPage, path: string): string | undefined => {
  const found = problems.find((each) => each.path === path || each.path.startsWith(`${path}.`))
  return found && house(found.code)
}

const time = (name: string, value: string, label: string): Html =>
  html`<input class="time" name="${name}" value="${value}" aria-label="${label}" inputmode="numeric" maxlength="5" placeholder="--:--" autocomplete="off">`

function shiftView(view: View, page: HoursPage, row: ShiftRow, nth: number): Html {
  const { house } = view
  const at = `shifts.${nth}`
  const days = WEEKDAYS.map(
    (each) =>
      html`<label class="day">${box(`${at}.day.${each}`, row.days.includes(each))}<span>${house(`day.${each}`)}</span></label>`,
  )
  return html`<fieldset class="row-form"><legend class="unseen">${house('hours.row', { n: nth + 1 })}</legend>
<div class="days">${days}</div>
<div class="span">${time(`${at}.from`, row.from, house('hours.from'))} – ${time(`${at}.to`, row.to, house('hours.to'))}</div>
${button(house('hours.removeRow'), 'quiet', html`name="act" value="removeShift.${nth}"`)}
${wrong(within(view, page, `${at}.days`))}${wrong(within(view, page, `${at}.from`) ?? within(view, page, `${at}.to`))}
${scopeView(view, page, at, row)}
</fieldset>`
}

function exceptionView(view: View, page: HoursPage, row: ExceptionRow, nth: number): Html {
  const { house } = view
  const at = `exceptions.${nth}`
  const date = (name: 'from' | 'to') =>
    html`<input type="date" name="${at}.${name}" value="${row[name]}" aria-label="${house(`hours.${name}Day`)}">`
  const kind = (value: 'closed' | 'other') =>
    html`<label class="box"><input type="radio" name="${at}.kind" value="${value}"${row.closed === (value === 'closed') && html` checked`}> ${house(`hours.${value}`)}</label>`
  const spans = row.spans.map(
    (each, which) =>
      html`<div class="span">${time(`${at}.span.${which}.from`, each.from, house('hours.from'))} – ${time(`${at}.span.${which}.to`, each.to, house('hours.to'))}</div>`,
  )
  return html`<fieldset class="row-form"><legend class="unseen">${house('hours.specialRow', { n: nth + 1 })}</legend>
<div class="span">${date('from')} – ${date('to')}</div>
<input class="title" name="${at}.name" value="${row.name}" maxlength="80" placeholder="${house('hours.name')}" aria-label="${house('hours.name')}">
${button(house('hours.removeRow'), 'quiet', html`name="act" value="removeException.${nth}"`)}
${wrong(problemAt(view, page, `${at}.from`) ?? problemAt(view, page, `${at}.to`))}${wrong(problemAt(view, page, `${at}.name`))}
<div class="kinds">${kind('closed')}${kind('other')}<input type="hidden" name="${at}.spans" value="${row.spans.length}">${spans}</div>
${wrong(within(view, page, `${at}.shifts`))}
${scopeView(view, page, at, row)}
</fieldset>`
}

function scopeView(view: View, page: HoursPage, at: string, row: Pick<ShiftRow, 'languages' | 'channels'>): Html {
  const { house } = view
  const languages = [...new Set([...page.languages, ...row.languages])]
  const open = row.languages.length > 0 || row.channels.length > 0
  return html`<details class="unfold scope"${open && html` open`}><summary>${house('hours.scope')}</summary>
<p class="label">${house('hours.languages')}</p>${boxes(
    `${at}.language`,
    languages.map((each) => ({ value: each, label: view.language(each) })),
    row.languages,
  )}
<p class="label">${house('hours.channels')}</p>${boxes(
    `${at}.channel`,
    CHANNELS.map((each) => ({ value: each, label: house(`channel.${each}`) })),
    row.channels,
  )}
${hint(house('hours.scopeHint'))}</details>`
}

export function previewView(view: View, { open, today, next, silent, unreachable }: Preview): Html {
  const { house } = view
  const spans = today.map(({ from, to }) => `${from}–${to}`).join(', ')
  return html`<div class="preview"><p><span class="standing ${open ? 'here' : 'away'}">${house(open ? 'preview.open' : 'preview.shut')}</span> ${
    spans ? house('preview.today', { hours: spans }) : house('preview.notToday')
  }${next && html` · ${house('preview.next', { when: openingWords(view, next) })}`}</p>
${!open && !next && html`<p class="wrong">${house('preview.never')}</p>`}
${silent.length > 0 && html`<p class="wrong">${house('preview.silent', { languages: silent.map(view.language).join(', ') })}</p>`}
${unreachable.length > 0 && html`<p class="wrong">${house('preview.unreachable', { goals: unreachable.map((each) => house(`goal.${each}`)).join(', ') })}</p>`}</div>`
}

function openingWords(view: View, { day, date, weekday, time: at }: OpeningIn): string {
  const { house } = view
  if (day === 'today' || day === 'tomorrow')
    return `${house(day === 'today' ? 'preview.laterToday' : 'preview.tomorrow')} ${at}`
  const name = house(`day.${weekday}`)
  return day === 'weekday' ? `${name} ${at}` : `${name} ${formatDate(view.tongue, date)} ${at}`
}
