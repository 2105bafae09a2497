/** Figures in tables and one calm picture. Where too few people stand behind a number, the page says so instead. */
import {
  FEWEST,
  type FigureRow,
  type Figures,
  type HouseFigures,
  PERIODS,
  type Period,
  type Share,
} from '../../../desk/house/figures.js'
import { type Html, html } from '../../../http/html.js'
import { formatMonth, formatNumber } from '../../../text/formats.js'
import { howLong, type View } from '../view.js'
import { day, hint, section } from './parts.js'

export function figuresView(
  view: View,
  found: HouseFigures,
  period: Period,
  centreOf: (id: string | null) => string,
): Html {
  const { house } = view
  const fact = (key: string, value: string) =>
    html`<div class="fact"><dt>${house(`figures.${key}`)}</dt><dd>${value}</dd></div>`
  const { all } = found
  const other = house('figures.unknown')
  return section(
    house('figures.title'),
    html`<p class="periods">${PERIODS.map(
      (each) =>
        html`<a href="?period=${each}#figures"${each === period && html` aria-current="true"`}>${house(`period.${each}`)}</a> `,
    )}<span class="soft">${day(view, found.from)} – ${day(view, found.to)}</span></p>
<dl class="facts">
${fact('n', count(view, all.n))}
${fact('answeredInHours', percent(view, all.answeredInHours))}
${fact('median', time(view, all.median))}
${fact('p90', time(view, all.p90))}
${fact('firstContact', percent(view, found.firstContact))}
${fact('rating', found.rating === undefined ? '–' : house('figures.stars', { n: formatNumber(view.tongue, Math.round(found.rating * 10) / 10) }))}
${fact('ratingShare', percent(view, found.ratingShare))}
</dl>
${hint(house('figures.hint', { n: FEWEST }))}
${chart(view, found.months)}
${table(view, 'figures.byCentre', found.byCentre, (id) => centreOf(id))}
${table(view, 'figures.byLanguage', found.byLanguage, (key) => (key ? view.language(key) : other))}
${table(view, 'figures.byTopic', found.byTopic, (key) => (key ? view.topic(key) : other))}`,
    'figures',
  )
}

const count = ({ house, tongue }: View, n: number | undefined): string =>
  n === undefined ? house('figures.few', { n: FEWEST }) : formatNumber(tongue, n)

function percent({ house }: View, share: Share | undefined): string {
  if (!share) return '–'
  if ('is' in share) return house('figures.percent', { n: Math.round(share.is * 100) })
  return 'over' in share
    ? house('figures.over', { n: Math.floor(share.over * 100) })
    : house('figures.under', { n: Math.ceil(share.under * 100) })
}

const time = (view: View, seconds: number | undefined): string =>
  seconds === undefined ? '–' : howLong(view, seconds * 1000)

function table(
  view: View,
  key: string,
  rows: readonly FigureRow[],
  name: (key: string | null) => string,
): Html | false {
  const { house } = view
  const cells = ({ n, answeredInHours, median, p90 }: Figures) =>
    html`<td>${count(view, n)}</td><td>${percent(view, answeredInHours)}</td><td>${time(view, median)}</td><td>${time(view, p90)}</td>`
  return (
    rows.length > 0 &&
    html`<details class="unfold"><summary>${house(key)}</summary><div class="wide"><table><thead><tr><th>${house(`${key}Head`)}</th><th>${house('figures.n')}</th><th>${house('figures.answeredShort')}</th><th>${house('figures.medianShort')}</th><th>${house('figures.p90Short')}</th></tr></thead><tbody>${rows.map(
      (row) => html`<tr><td>${name(row.key)}</td>${cells(row)}</tr>`,
    )}</tbody></table></div></details>`
  )
}

const CHART = { width: 720, height: 150, foot: 22, gap: 10 }

/** Bars by month; drawn here, so that it needs no script. */
function chart(view: View, months: HouseFigures['months']): Html | false {
  const most = Math.max(0, ...months.map(({ n }) => n ?? 0))
  if (most === 0) return false
  const step = CHART.width / months.length
  const room = CHART.height - CHART.foot - 16
  const bars = months.map(({ month, n }, nth) => {
    const tall = n === undefined ? 2 : Math.round((room * n) / most)
    const x = nth * step + CHART.gap / 2
    const middle = nth * step + step / 2
    const y = CHART.height - CHART.foot - tall
    return html`<g><title>${formatMonth(view.tongue, month)}: ${count(view, n)}</title><rect x="${x}" y="${y}" width="${step - CHART.gap}" height="${tall}" rx="2"/><text x="${middle}" y="${y - 4}">${n === undefined ? `<${FEWEST}` : n > 0 ? n : ''}</text><text class="month" x="${middle}" y="${CHART.height - 6}">${month.slice(5)}.${month.slice(2, 4)}</text></g>`
  })
  return html`<figure class="chart"><figcaption>${view.house('figures.months')}</figcaption><svg viewBox="0 0 ${CHART.width} ${CHART.height}" role="img" aria-label="${view.house('figures.months')}">${bars}</svg></figure>`
}
