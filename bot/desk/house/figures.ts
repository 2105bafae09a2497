/**
 * How the house does, in numbers that name nobody: no client, no case, no colleague, and nothing that fewer than five people are behind
 * (S12). Read from what was counted at the time; a few statements, however much there is.
 */
import type { Store } from '../../store/store.js'

/** Numbers of fewer people than this are not told. */
export const FEWEST = 5

export const PERIODS = ['month', 'last', 'days'] as const
export type Period = (typeof PERIODS)[number]
export const isPeriod = (value: unknown): value is Period => PERIODS.some((each) => each === value)

/** Between 0 and 1. Where fewer than `FEWEST` make the difference, only how much it is at least or at most. */
export type Share = { is: number } | { over: number } | { under: number }

/** A share is `undefined` where too few people stand behind it. */
export type Figures = {
  /** Closed stretches of work; `undefined`: some, but fewer than `FEWEST`. */
  n: number | undefined
  answeredInHours: Share | undefined
  /** Seconds to the first words of a human. */
  median: number | undefined
  p90: number | undefined
}

export type FigureRow = Figures & { key: string | null }

export type HouseFigures = {
  from: Date
  to: Date
  all: Figures
  /** Of those who were helped, how many did not come back within two weeks. */
  firstContact: Share | undefined
  rating: number | undefined
  /** How many of those who were asked gave stars. */
  ratingShare: Share | undefined
  byCentre: FigureRow[]
  byLanguage: FigureRow[]
  byTopic: FigureRow[]
  /** The last twelve months, the oldest first. */
  months: { month: string; n: number | undefined }[]
}

type Group = {
  kind: 'all' | 'centre' | 'language' | 'topic'
  key: string | null
  n: number
  asked: number
  inHours: number
  answered: number
  replied: number
  median: number | null
  p90: number | null
}

/** First and last day, both included. */
export function daysOf(period: Period, now: Date): { from: Date; to: Date } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const today = new Date(Date.UTC(year, month, now.getUTCDate()))
  if (period === 'month') return { from: new Date(Date.UTC(year, month, 1)), to: today }
  if (period === 'last') return { from: new Date(Date.UTC(year, month - 1, 1)), to: new Date(Date.UTC(year, month, 0)) }
  return { from: new Date(today.getTime() - 89 * 86_400_000), to: today }
}

export async function figuresOf({ sql }: Pick<Store, 'sql'>, period: Period, now: Date): Promise<HouseFigures> {
  const { from, to } = daysOf(period, now)
  // A case that goes on in another one is counted there.
  const groups = await sql<Group>(
    `select case grouping(centre_id, language, topic) when 7 then 'all' when 3 then 'centre' when 5 then 'language' else 'topic' end as kind,
       coalesce(centre_id, language, topic) as key, count(*)::int as n,
       (count(*) filter (where outcome <> 'withdrawn'))::int as asked,
       (count(*) filter (where in_hours))::int as "inHours",
       (count(first_reply_s) filter (where in_hours))::int as answered,
       count(first_reply_s)::int as replied,
       percentile_cont(0.5) within group (order by first_reply_s)::float8 as median,
       percentile_cont(0.9) within group (order by first_reply_s)::float8 as p90
     from engagement where day between $1::date and $2::date
     group by grouping sets ((), (centre_id), (language), (topic))`,
    [from, to],
  )
  const counters = await sql<{ name: string; n: number }>(
    `select name, sum(n)::int as n from counter
      where day between $1::date and $2::date and (name = 'came-back' or name like 'rated-%') group by name`,
    [from, to],
  )
  const all = groups.find(({ kind }) => kind === 'all')
  const rows = (kind: Group['kind']) => hideFew(groups.filter((each) => each.kind === kind))
  return {
    from,
    to,
    all: figures(all),
    ...opinions(counters, all),
    byCentre: rows('centre'),
    byLanguage: rows('language'),
    byTopic: rows('topic'),
    months: await months(sql, now),
  }
}

/** The few on one side are a count like any other: two of a hundred who came back would be two people. */
function share(part: number, of: number): Share | undefined {
  if (of < FEWEST) return undefined
  const n = Math.min(of, Math.max(0, part))
  const few = (count: number) => count > 0 && count < FEWEST
  if (few(n) && few(of - n)) return undefined
  if (few(n)) return { under: FEWEST / of }
  return few(of - n) ? { over: (of - FEWEST) / of } : { is: n / of }
}

const enough = (n: number): number | undefined => (n > 0 && n < FEWEST ? undefined : n)

function figures(group: Group | undefined): Figures {
  const { n = 0, inHours = 0, answered = 0, replied = 0, median, p90 } = group ?? {}
  const told = (seconds: number | null | undefined) => (replied < FEWEST ? undefined : (seconds ?? undefined))
  return { n: enough(n), answeredInHours: share(answered, inHours), median: told(median), p90: told(p90) }
}

function opinions(counters: readonly { name: string; n: number }[], all: Group | undefined) {
  const countOf = (name: string) => Math.max(0, counters.find((each) => each.name === name)?.n ?? 0)
  const stars = [1, 2, 3, 4, 5].map((star) => ({ star, n: countOf(`rated-${star}`) }))
  const rated = stars.reduce((total, { n }) => total + n, 0)
  const { n = 0, asked = 0 } = all ?? {}
  return {
    firstContact: share(n - countOf('came-back'), n),
    rating: rated < FEWEST ? undefined : stars.reduce((total, { star, n: times }) => total + star * times, 0) / rated,
    ratingShare: share(rated, asked),
  }
}

/** The largest first. When a single small row is hidden, the total would tell it: then the next small one is hidden, too. */
function hideFew(groups: readonly Group[]): FigureRow[] {
  const sorted = [...groups].sort((one, other) => other.n - one.n || String(one.key).localeCompare(String(other.key)))
  const few = sorted.filter(({ n }) => n < FEWEST)
  const hidden = new Set(few)
  const next = sorted.findLast(({ n }) => n >= FEWEST)
  if (few.length === 1 && next) hidden.add(next)
  const nothing = { n: undefined, answeredInHours: undefined, median: undefined, p90: undefined }
  return sorted.map((group) => ({ key: group.key, ...(hidden.has(group) ? nothing : figures(group)) }))
}

const MONTHS_SHOWN = 12

async function months(sql: Store['sql'], now: Date): Promise<HouseFigures['months']> {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_SHOWN + 1, 1))
  const rows = await sql<{ month: string; n: number }>(
    `select to_char(day, 'YYYY-MM') as month, count(*)::int as n from engagement
      where day >= $1::date group by 1`,
    [first],
  )
  return Array.from({ length: MONTHS_SHOWN }, (_, nth) => {
    const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + nth, 1)).toISOString().slice(0, 7)
    return { month, n: enough(rows.find((row) => row.month === month)?.n ?? 0) }
  })
}
