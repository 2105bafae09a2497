/** The second reader (S46): now and then a closed case is read by somebody who did not have it, to learn, not to catch anybody. */
import { UserError } from '../../errors.js'
import type { Prisma } from '../../store/generated/client.js'
import type { Store } from '../../store/store.js'
import { permit, type StaffMember } from '../access.js'
import { STRICT_NEEDS } from '../targets.js'

const DAYS_MS = 30 * 86_400_000

/** What a second reader can say; the words stand in `house:sample.note.*`. */
export const VERDICTS = ['fine', 'discuss'] as const
export type Verdict = (typeof VERDICTS)[number]
export const isVerdict = (value: unknown): value is Verdict => VERDICTS.some((each) => each === value)

/** Closed lately, of another colleague, and of a kind that this reader is trained for (S42, S43). */
async function readable({ db }: Pick<Store, 'db'>, staff: StaffMember, now: Date): Promise<Prisma.CaseWhereInput> {
  const me = await db.staff.findUniqueOrThrow({ where: { id: staff.id } })
  const barred = STRICT_NEEDS.filter((need) => !me.skills.includes(need))
  return {
    state: 'closed',
    closedAt: { gt: new Date(now.getTime() - DAYS_MS) },
    ownerId: { not: staff.id },
    need: { notIn: barred },
    NOT: { avoid: { has: staff.id } },
    owner: { isNot: null },
  }
}

/**
 * The code of one case; `random` is at least 0 and less than 1.
 * @throws UserError notAllowed, nothingToRead
 */
export async function drawSample(
  store: Pick<Store, 'db'>,
  staff: StaffMember,
  now: Date,
  random: number,
): Promise<string> {
  permit(staff, 'house.see')
  const where = await readable(store, staff, now)
  const many = await store.db.case.count({ where })
  const found = await store.db.case.findFirst({
    where,
    orderBy: { id: 'asc' },
    skip: Math.floor(random * many),
    select: { code: true },
  })
  if (!found) throw new UserError('nothingToRead')
  return found.code
}

/** That this case may be read so. @throws UserError notAllowed, noCase */
export async function mayBeSample(
  store: Pick<Store, 'db'>,
  staff: StaffMember,
  now: Date,
  code: string,
): Promise<{ id: string; code: string; language: string; closedAt: Date | null }> {
  permit(staff, 'house.see')
  permit(staff, 'case.read')
  const found = await store.db.case.findFirst({ where: { ...(await readable(store, staff, now)), code } })
  if (!found) throw new UserError('noCase')
  return found
}
