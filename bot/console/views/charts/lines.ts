/** Lines by month, one for each series; where a number is not told the line is broken. */
import { type Html, html } from '../../../http/html.js'
import type { Named } from './bars.js'
import { HEIGHT, PLOT, roundTop, solid } from './frame.js'
import { layoutLines, type Point } from './layout.js'
import { axis, figure, legendOf, monthNames, months, tip, type Words } from './picture.js'

/** `all`: what the table shows, when it is more than there are lines. */
export function lineChart(
  words: Words,
  monthHead: string,
  periods: readonly string[],
  series: readonly Named[],
  all: readonly Named[] = series,
): Html {
  const top = roundTop(Math.max(0, ...series.flatMap(({ values }) => values.map(solid))))
  const names = monthNames(words, periods)
  const lines = layoutLines(
    series.map(({ values }) => values),
    top,
    PLOT,
  )
  const step = PLOT.width / Math.max(1, periods.length)
  const monthOf = ({ x }: Point) => names[Math.floor((x - PLOT.x) / step)] ?? ''
  const drawn = lines.map(
    (stretches, nth) =>
      html`<g class="line s${nth}">${stretches.map(
        (points) =>
          html`<path d="${points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')}"/>${points.map(
            (point) =>
              html`<circle cx="${point.x}" cy="${point.y}" r="3">${tip(words, `${series[nth]?.name ?? ''}, ${monthOf(point)}`, point.value)}</circle>`,
          )}`,
      )}</g>`,
  )
  return figure(
    words,
    HEIGHT,
    html`${axis(words, top)}${drawn}${months(periods)}`,
    legendOf(series.map(({ name }) => name)),
    {
      head: [monthHead, ...all.map(({ name }) => name)],
      rows: names.map((name, place) => ({ name, values: all.map(({ values }) => values[place]) })),
    },
  )
}
