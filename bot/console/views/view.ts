/** What every view is drawn with. Views are pure: data in, HTML out. */
import { randomUUID } from 'node:crypto'
import type { StaffMember } from '../../desk/access.js'
import type { Labels } from '../../desk/labels.js'
import type { Alerts } from '../../desk/two-people/list.js'
import { type Html, html } from '../../http/html.js'
import type { StaffLanguage } from '../../text/languages.js'

export type View = Labels & {
  /** Where the desk lives, e.g. `/desk`. */
  base: string
  tongue: StaffLanguage
  staff: StaffMember
  /** Proves that a form came from this session's own page. */
  csrf: string
  now: Date
  /** The page's script asks: it fills in times and makes the forms' ids by itself, so that unchanged stays unchanged. */
  refresh: boolean
  /** What waits for a second person, and whether everything stands still. */
  alerts: Alerts
}

/** Without a script nobody knows the reader's clock, so it says which one it is. */
export const at = (view: View, time: Date): Html =>
  html`<time class="at" datetime="${time.toISOString()}">${!view.refresh && `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`}</time>`

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "12 min", "1 h 5 min", "2 d 3 h"; the page's script counts on from there (`waitWords` in `page/desk.js`). */
export function howLong({ say }: View, ms: number): string {
  const part = (n: number, unit: 'minute' | 'hour' | 'day') => say(`unit.${unit}`, { n })
  if (ms < MINUTE) return say('unit.now')
  if (ms < HOUR) return part(Math.floor(ms / MINUTE), 'minute')
  if (ms < DAY) return `${part(Math.floor(ms / HOUR), 'hour')} ${part(Math.floor((ms % HOUR) / MINUTE), 'minute')}`
  return `${part(Math.floor(ms / DAY), 'day')} ${part(Math.floor((ms % DAY) / HOUR), 'hour')}`
}

export const waiting = (view: View, since: Date): Html =>
  html`<time class="since" datetime="${since.toISOString()}">${!view.refresh && howLong(view, view.now.getTime() - since.getTime())}</time>`

/** How long it is until then; the page's script counts on. */
export const until = (view: View, due: Date): Html =>
  html`<time class="until" datetime="${due.toISOString()}">${!view.refresh && howLong(view, due.getTime() - view.now.getTime())}</time>`

export const csrfField = ({ csrf }: View): Html => html`<input type="hidden" name="csrf" value="${csrf}">`

/** The id that makes a form act once; each drawing of the form is a new one. */
export const requestField = ({ refresh }: View): Html =>
  html`<input type="hidden" name="request" value="${refresh ? '' : randomUUID()}">`

export const stars = (rating: number): string => '★'.repeat(rating) + '☆'.repeat(5 - rating)
