/** What every chart has around it: a title, a description, an axis, months, a legend, and the table of the same numbers. */
import { type Html, html, type Part } from '../../../http/html.js'
import { formatMonth, formatNumber } from '../../../text/formats.js'
import type { StaffLanguage } from '../../../text/languages.js'
import { HEIGHT, PLOT, rounded, short, type Value, WIDTH } from './frame.js'

/** Colours that a stylesheet knows, each with its own look in the dark; a chart of more series gathers the rest. */
export const COLOURS = 5

export type Words = {
  /** Once on a page. */
  id: string
  language: StaffLanguage
  title: string
  /** What a reader hears who does not see the picture. */
  description: string
  /** What stands for a number that is not told, as a sign, and as words. */
  few: string
  hidden: string
  table: string
}

export type Table = { head: readonly string[]; rows: readonly { name: string; values: readonly Value[] }[] }

export function figure(words: Words, height: number, inside: Part, legend: Part, table: Table): Html {
  const { id } = words
  return html`<figure class="plot"><figcaption>${words.title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${rounded(height)}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${words.title}</title><desc id="${id}-d">${words.description}</desc>${inside}</svg>
${legend}<details class="unfold"><summary>${words.table}</summary>${tableOf(words, table)}</details></figure>`
}

const tableOf = (words: Words, { head, rows }: Table): Html =>
  html`<div class="wide" tabindex="0" role="region" aria-label="${words.title}"><table><thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead><tbody>${rows.map(
    ({ name, values }) =>
      html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${told(words, value)}</td>`)}</tr>`,
  )}</tbody></table></div>`

const told = ({ language, few, hidden }: Words, value: Value): Part =>
  value === undefined ? html`<abbr title="${hidden}">${few}</abbr>` : formatNumber(language, value)

/** Lines at nothing, at the half and at the top. */
export const axis = ({ language }: Words, top: number): Html[] =>
  [0, 0.5, 1].map((share) => {
    const y = rounded(PLOT.y + PLOT.height * (1 - share))
    return html`<path class="grid" d="M${PLOT.x} ${y}H${PLOT.x + PLOT.width}"/><text class="scale" x="${PLOT.x - 5}" y="${y + 4}">${short(language, top * share)}</text>`
  })

/** A year's four figures are wider than a month's place. */
const YEAR_WIDE = 2

/** The months by their number, the year where it begins; the first one only where it has room. */
export function months(periods: readonly string[]): Html[] {
  const step = PLOT.width / Math.max(1, periods.length)
  const january = periods.findIndex((period) => period.endsWith('-01'))
  return periods.map((period, nth) => {
    const x = rounded(PLOT.x + nth * step + step / 2)
    const [year = '', month = ''] = period.split('-')
    const isFirst = month === '01' || (nth === 0 && (january === -1 || january >= YEAR_WIDE))
    return html`<text class="month" x="${x}" y="${HEIGHT - 20}">${Number(month)}</text>${isFirst && html`<text class="year" x="${x}" y="${HEIGHT - 5}">${year}</text>`}`
  })
}

export const legendOf = (names: readonly string[]): Html | false =>
  names.length > 1 &&
  html`<ul class="legend">${names.map((name, nth) => html`<li><svg viewBox="0 0 12 12" class="swatch" aria-hidden="true"><rect class="s${nth}" x="1" y="1" width="10" height="10" rx="2"/></svg> ${name}</li>`)}</ul>`

/** "October 2026: 40", seen when a bar or a point is pointed at. */
export const tip = (words: Words, name: string, value: Value): Html =>
  html`<title>${name}: ${value === undefined ? words.few : formatNumber(words.language, value)}</title>`

export const monthNames = ({ language }: Words, periods: readonly string[]): string[] =>
  periods.map((period) => formatMonth(language, period))
