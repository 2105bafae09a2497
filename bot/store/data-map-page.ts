/** The data map as a page to read: one table per model, and what the words in it mean. */
import { CLASSES, type Column, type DataMap, READERS, STORED } from './data-map.js'
import { ENDED_BY, LIFETIMES, type Lifetime, spoken } from './lifetimes.js'

const cell = (text: string) => text.replaceAll('|', '\\|')

const table = (heads: string[], rows: string[][]) =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const meanings = (title: string, words: Record<string, string>) =>
  `### ${title}\n\n${table(['word', 'meaning'], Object.entries(words))}`

const rowOf = ({ name, words, class: kind, stored, kept, readers }: Column) => [
  name,
  words,
  kind,
  stored,
  kept.join(', '),
  readers.join(', '),
]

/** Named, so that nobody takes the map for a promise that it is not: these the database shows to whoever steals it. */
function readable({ models }: DataMap): string {
  const rows = models.flatMap(({ name, columns }) =>
    columns
      .filter((column) => column.stored === 'plain' && ['personal', 'special', 'secret'].includes(column.class))
      .map((column) => [`${name}.${column.name}`, column.class, column.words]),
  )
  return rows.length > 0 ? table(['column', 'class', 'what it holds'], rows) : 'None.'
}

export function dataMapPage(map: DataMap): string {
  const lifetimes = Object.entries<Lifetime>(LIFETIMES).map(([name, { ms, from, by, source }]) => [
    name,
    spoken(ms),
    from,
    ENDED_BY[by],
    source,
  ])
  const models = map.models.map(
    ({ name, words, columns }) =>
      `### ${name}\n\n${words}\n\n${table(['column', 'what it holds', 'class', 'stored', 'kept', 'read by'], columns.map(rowOf))}`,
  )
  return `${[
    '# Data map',
    'Made by `npm run data-map` from the comments of `prisma/schema.prisma` and from `bot/store/lifetimes.ts`: change those, not this page.',
    '## Lifetimes',
    'The cleaning job (`bot/people/lifetimes.ts`) runs every ten minutes; `npm run rahnamo -- retention --dry-run` says what it would take, and what this house keeps shorter than the table by the word of two people (never longer). Where a column names several, the first that comes ends it; a row that goes takes with it what hangs on it.',
    table(['name', 'how long', 'after', 'ended by', 'why'], lifetimes),
    '## Words',
    meanings('Class', CLASSES),
    meanings('Stored', STORED),
    meanings('Read by', READERS),
    '## Personal, special or secret, and not sealed',
    'Queues and routing ask the database for these, so it must be able to read them.',
    readable(map),
    '## Models',
    ...models,
  ].join('\n\n')}\n`
}
