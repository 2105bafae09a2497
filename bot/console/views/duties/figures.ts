/** The page of figures: three charts, each with its table. */
import { FEWEST } from '../../../desk/house/figures.js'
import { type Html, html } from '../../../http/html.js'
import type { ProgrammeFigures } from '../../../programme/figures/read.js'
import { formatMonth } from '../../../text/formats.js'
import { barChart, type Named } from '../charts/bars.js'
import { lineChart } from '../charts/lines.js'
import { COLOURS, type Words } from '../charts/picture.js'
import { rowChart } from '../charts/rows.js'
import { hint } from '../house/parts.js'
import type { View } from '../view.js'
import type { DeskWords } from './words.js'

/** The most common ones; the others are in nobody's mind. */
const TOPICS_SHOWN = 10

type Where = { back: string; name: string }

export function figuresPage(view: View, { say, option }: DeskWords, where: Where, figures: ProgrammeFigures): Html {
  const { periods, clients, newClients, topics, cities } = figures
  const span = {
    from: formatMonth(view.tongue, periods[0] ?? ''),
    to: formatMonth(view.tongue, periods.at(-1) ?? ''),
  }
  const words = (id: string): Words => ({
    id: `chart-${id}`,
    language: view.tongue,
    title: say(`figures.${id}`),
    description: say(`figures.${id}Desc`, id === 'topics' ? {} : span),
    few: say('figures.few', { n: FEWEST }),
    hidden: say('figures.hidden'),
    table: say('figures.table'),
  })
  const month = say('figures.month')
  const isEmpty = clients.every((value) => value === 0) && topics.length === 0
  const named: Named[] = cities.map(({ key, values }) => ({ name: option('cities', key), values }))
  const people = [
    { name: say('figures.all'), values: clients },
    { name: say('figures.new'), values: newClients },
  ]
  return html`<p><a href="${view.base}${where.back}">‹ ${where.name}</a></p>
<h1>${say('figures.title')}</h1>
${hint(say('figures.lead', { n: FEWEST }))}
${
  isEmpty
    ? hint(say('figures.none'))
    : html`<section class="card">${barChart(words('clients'), month, periods, people)}</section>
${
  topics.length > 0 &&
  html`<section class="card">${rowChart(
    words('topics'),
    [say('figures.topic'), say('figures.reports')],
    topics.slice(0, TOPICS_SHOWN).map(({ key, n }) => ({ name: option('topics', key), value: n })),
  )}</section>`
}
${named.length > 0 && html`<section class="card">${lineChart(words('cities'), month, periods, named.slice(0, COLOURS), named)}</section>`}`
}`
}
