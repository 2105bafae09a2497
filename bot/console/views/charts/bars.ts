/** Columns by month: of one series, or of several side by side. */
import { type Html, html } from '../../../http/html.js'
import { HEIGHT, PLOT, rounded, roundTop, short, solid, type Value } from './frame.js'
import { layoutBars } from './layout.js'
import { axis, figure, legendOf, monthNames, months, tip, type Words } from './picture.js'

export type Named = { name: string; values: readonly Value[] }

/** So many signs fit above a bar of one series among twelve. */
const ABOVE_MAX = 4

export function barChart(words: Words, monthHead: string, periods: readonly string[], series: readonly Named[]): Html {
  const top = roundTop(Math.max(0, ...series.flatMap(({ values }) => values.map(solid))))
  const names = monthNames(words, periods)
  const bars = layoutBars(
    series.map(({ values }) => values),
    top,
    PLOT,
  )
  const drawn = bars.map((of, nth) =>
    of.map((bar, place) => {
      const above = bar.value === undefined ? words.few : short(words.language, bar.value)
      const fits = series.length === 1 && bar.value !== 0 && above.length <= ABOVE_MAX
      return html`<g>${tip(words, [series[nth]?.name, names[place]].filter(Boolean).join(', '), bar.value)}<rect class="s${nth}${bar.value === undefined && ' untold'}" x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}" rx="1.5"/>${fits && html`<text class="above" x="${rounded(bar.x + bar.width / 2)}" y="${rounded(bar.y - 4)}">${above}</text>`}</g>`
    }),
  )
  return figure(
    words,
    HEIGHT,
    html`${axis(words, top)}${drawn.flat()}${months(periods)}`,
    legendOf(series.map(({ name }) => name)),
    {
      head: [monthHead, ...series.map(({ name }) => name)],
      rows: names.map((name, place) => ({ name, values: series.map(({ values }) => values[place]) })),
    },
  )
}
