/** What reports add up to, in numbers that name nobody: sums of approved reports, and none that fewer than five people are behind (S12). */
import { FEWEST } from '../../desk/house/figures.js'
import type { Sql } from '../../store/store.js'
import { periodsBetween, shifted } from '../reports/periods.js'

/** Pages show a year. */
export const MONTHS_SHOWN = 12

/** Undefined: some, but too few to tell. */
export type Told = number | undefined

export type Series = { key: string; values: Told[] }

export type ProgrammeFigures = {
  periods: string[]
  /** People advised, and how many of them came for the first time; one value for each month. */
  clients: Told[]
  newClients: Told[]
  /** In how many reports a topic is named, the most common first. */
  topics: { key: string; n: Told }[]
  /** People advised, by city; the city in which most were comes first. */
  cities: Series[]
}

type Row = { period: string; city: string; question: string; option: string; value: number }

const QUERY = `
  select period, city, question, option, sum(value)::float8 as value from report_figure
   where group_id = any($1::uuid[]) and period between $2 and $3 and question in ('clients', 'newClients', 'topics') and reports > 0
   group by period, city, question, option`

const told = (n: number): Told => (n > 0 && n < FEWEST ? undefined : Math.max(0, n))

/** `last` is the newest month that is shown. */
export async function programmeFigures(
  { sql }: { sql: Sql },
  groups: readonly string[],
  last: string,
): Promise<ProgrammeFigures> {
  const periods = periodsBetween(shifted(last, 1 - MONTHS_SHOWN), last)
  return figuresOf(await sql<Row>(QUERY, [groups, periods[0], last]), periods)
}

/** Pure: of rows that are summed by month, city, question and option. */
export function figuresOf(rows: readonly Row[], periods: readonly string[]): ProgrammeFigures {
  const sum = (of: (row: Row) => boolean) => rows.filter(of).reduce((total, { value }) => total + value, 0)
  const byMonth = (question: string) =>
    periods.map((period) => sum((row) => row.question === question && row.period === period))
  const clients = byMonth('clients')
  return {
    periods: [...periods],
    clients: clients.map(told),
    // The new ones are a part: what is left of a month must not be too few, either
    newClients: byMonth('newClients').map((n, nth) => (isFew((clients[nth] ?? 0) - n) ? undefined : told(n))),
    topics: topicsOf(rows),
    cities: citiesOf(rows, periods),
  }
}

const isFew = (n: number): boolean => n > 0 && n < FEWEST

function topicsOf(rows: readonly Row[]): ProgrammeFigures['topics'] {
  const sums = new Map<string, number>()
  for (const { question, option, value } of rows)
    if (question === 'topics') sums.set(option, (sums.get(option) ?? 0) + value)
  return [...sums]
    .filter(([, n]) => n > 0)
    .sort(([a, one], [b, other]) => other - one || a.localeCompare(b))
    .map(([key, n]) => ({ key, n: told(n) }))
}

function citiesOf(rows: readonly Row[], periods: readonly string[]): Series[] {
  const own = rows.filter(({ question }) => question === 'clients')
  const at = (city: string, period: string) =>
    own.filter((row) => row.city === city && row.period === period).reduce((sum, { value }) => sum + value, 0)
  const cities = [...new Set(own.map(({ city }) => city))].map((key) => ({
    key,
    values: periods.map((period) => at(key, period)),
  }))
  const total = ({ values }: { values: number[] }) => values.reduce((sum, n) => sum + n, 0)
  cities.sort((one, other) => total(other) - total(one) || one.key.localeCompare(other.key))
  const hidden = periods.map((_, nth) => hiddenAmong(cities.map(({ values }) => values[nth] ?? 0)))
  return cities
    .filter((city) => total(city) > 0)
    .map(({ key, values }) => ({
      key,
      values: values.map((n, nth) => (hidden[nth]?.has(n) ? undefined : Math.max(0, n))),
    }))
}

/** Which counts of one month are not told. When a single small one is hidden, the total would tell it: then the next small one is, too. */
function hiddenAmong(counts: readonly number[]): ReadonlySet<number> {
  const some = counts.filter((n) => n > 0).sort((one, other) => one - other)
  const few = some.filter(isFew)
  const [next] = some.slice(few.length)
  return new Set(few.length === 1 && next !== undefined ? [...few, next] : few)
}
