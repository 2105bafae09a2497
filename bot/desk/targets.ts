/** To whom a case can be handed on: colleagues who are here and could take it, teams, other centres. */
import type { Case } from '../store/generated/client.js'
import type { Store } from '../store/store.js'
import type { Labels } from './labels.js'

export type Target = { id: string; label: string }

/** `s:<id>`, `t:<id>` or `c:<id>`, as the data of a button carries it. */
export async function targetsFor(
  store: Pick<Store, 'db' | 'sql'>,
  { ownerId, centreId, need, avoid }: Pick<Case, 'ownerId' | 'centreId' | 'need' | 'avoid'>,
  words: Labels,
  now: Date,
): Promise<Target[]> {
  const strict = STRICT_NEEDS.includes(need)
  const staff = await store.db.staff.findMany({
    where: {
      disabledAt: null,
      role: { in: ['consultant', 'supervisor'] },
      id: { notIn: [ownerId ?? '', ...avoid].filter(Boolean) },
      AND: [{ OR: [{ centreId: null }, { centreId }] }, { OR: [{ awayUntil: null }, { awayUntil: { lte: now } }] }],
      ...(strict ? { skills: { has: need } } : {}),
    },
    orderBy: { alias: 'asc' },
    take: SHOWN,
  })
  const teams = await store.db.team.findMany({
    where: { centreId: centreId ?? '' },
    orderBy: { name: 'asc' },
    take: SHOWN,
  })
  const centres = await store.db.centre.findMany({ where: { id: { not: centreId ?? '' } }, orderBy: { id: 'asc' } })
  return [
    ...staff.map(({ id, alias }) => ({ id: `s:${id}`, label: words.alias(alias) })),
    ...teams.map(({ id, name }) => ({ id: `t:${id}`, label: name })),
    ...centres.map(({ id, country, city }) => ({ id: `c:${id}`, label: words.place(country, city) })),
  ]
}

/** Who is not trained for these must not even be asked (S42, S43). */
export const STRICT_NEEDS: readonly string[] = ['safeguarding', 'trafficking']

const SHOWN = 30
