/** Bars that lie, each under its own words: for names that are long. */
import { type Html, html } from '../../../http/html.js'
import { RIGHT, rounded, roundTop, short, solid, type Value, WIDTH } from './frame.js'
import { layoutRows } from './layout.js'
import { figure, tip, type Words } from './picture.js'

/** Room for one, and for the number behind its bar. */
const TALL = 38
const BEHIND = 42

export type Line = { name: string; value: Value }

export function rowChart(words: Words, heads: readonly [string, string], lines: readonly Line[]): Html {
  const values = lines.map(({ value }) => value)
  const top = roundTop(Math.max(0, ...values.map(solid)))
  const rows = layoutRows(values, top, { x: 0, y: 0, width: WIDTH - RIGHT - BEHIND }, TALL)
  const drawn = rows.map((row, nth) => {
    const { name = '' } = lines[nth] ?? {}
    const number = row.value === undefined ? words.few : short(words.language, row.value)
    return html`<g>${tip(words, name, row.value)}<text class="name" x="0" y="${rounded(row.label.y + 14)}">${name}</text><rect class="s0${row.value === undefined && ' untold'}" x="${row.x}" y="${row.y}" width="${row.width}" height="${row.height}" rx="1.5"/><text class="behind" x="${rounded(row.x + row.width + 5)}" y="${rounded(row.y + row.height - 3)}">${number}</text></g>`
  })
  return figure(words, Math.max(TALL, lines.length * TALL), drawn, false, {
    head: heads,
    rows: lines.map(({ name, value }) => ({ name, values: [value] })),
  })
}
