/** How the rules of a programme change: checked as a whole, one version after the other, and never so that somebody becomes late by it. */
import type { InsideHouse } from '../conversation/inside.js'
import type { StaffMember } from '../desk/access.js'
import { change } from '../desk/house/change.js'
import { UserError } from '../errors.js'
import type { Tx } from '../store/store.js'
import { programmeOf } from './people/sight.js'
import { periodIn, shifted } from './reports/periods.js'
import { ProgrammeRules, rulesOf } from './rules.js'
import { addVersion, lockProgramme, versionOf } from './versions.js'

/** What a coordinator writes: everything but what follows from the change itself. */
export type WrittenRules = Omit<ProgrammeRules, 'earlier'>

/** `fields`: the rules that cannot be as they were written (`group.max`). */
export class UnfitRules extends UserError {
  constructor(readonly fields: readonly string[]) {
    super('unfitRules')
  }
}

/** Where a day begins first: a month that has begun there is over nowhere. */
const FIRST_ZONE = 'Pacific/Kiritimati'

/**
 * A changed due day holds from the month in which it was changed: the months before keep theirs, whether it came earlier or later. So
 * nobody is late by a change, and nobody who was late no longer is.
 */
export function withEarlier(written: WrittenRules, before: ProgrammeRules, now: Date): ProgrammeRules {
  const { earlier } = before
  if (written.dueDay === before.dueDay) return { ...written, earlier }
  const until = shifted(periodIn(FIRST_ZONE, now), -1)
  const kept = earlier.some((each) => each.until === until) ? earlier : [...earlier, { until, dueDay: before.dueDay }]
  return { ...written, earlier: kept }
}

/**
 * Returns false where nothing is different.
 * @throws UserError notAllowed, noProgramme, changedMeanwhile
 * @throws UnfitRules
 */
export const changeRules = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { seen, written }: { seen: number; written: unknown },
): Promise<boolean> => changed(house, staff, programmeId, { seen, next: async () => checked(written) })

/** The rules of an older version hold again, as a version of their own. @throws as `changeRules`, and noVersion */
export const rulesBack = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { seen, number }: { seen: number; number: number },
): Promise<boolean> =>
  changed(house, staff, programmeId, {
    seen,
    next: async (tx) => ProgrammeRules.parse(await versionOf(tx, programmeId, 'rules', number)),
  })

type Changing = { seen: number; next(tx: Tx): Promise<ProgrammeRules> }

function changed(house: InsideHouse, staff: StaffMember, programmeId: string, { seen, next }: Changing) {
  const recorded = { action: 'programme.change', recordedAs: 'programme.rules', object: programmeId } as const
  return change(house, staff, recorded, async (tx) => {
    const programme = await programmeOf(tx, programmeId)
    await lockProgramme(tx, programmeId)
    const before = rulesOf(await tx.programme.findUniqueOrThrow({ where: { id: programme.id } }))
    const at = house.clock()
    const rules = withEarlier(await next(tx), before, at)
    if (differentRules(before, rules).length === 0) return false
    await addVersion(tx, { programmeId, of: 'rules', seen, document: rules, before, staffId: staff.id, at })
    await mustHoldDays(tx, programmeId, rules)
    await tx.programme.update({ where: { id: programmeId }, data: { rules } })
    return true
  })
}

function checked(written: unknown): ProgrammeRules {
  const read = ProgrammeRules.safeParse(written)
  if (read.success) return read.data
  throw new UnfitRules([...new Set(read.error.issues.map(({ path }) => fieldOf(path)))])
}

/** Which of the fields of a form an error is about. */
const fieldOf = (path: readonly PropertyKey[]): string => {
  const [first = '', second] = path.map(String)
  if (first === 'group' && second === undefined) return 'group.from'
  return second === undefined || first === 'reminderDays' ? first : `${first}.${second}`
}

/** No module is taken away of which a day is planned: attendance there would count for nothing. */
async function mustHoldDays(tx: Tx, programmeId: string, { modules }: ProgrammeRules): Promise<void> {
  const beyond = await tx.trainingSession.count({ where: { group: { programmeId }, module: { gt: modules } } })
  if (beyond > 0) throw new UnfitRules(['modules'])
}

/** Every rule by the name of its field, in the order in which they are read. */
export const RULE_FIELDS = [
  'dueDay',
  'reminderDays',
  'modules',
  'hoursPerModule',
  'checkin.lunch',
  'checkin.third',
  'group.from',
  'group.max',
  'certificate.hours',
  'certificate.everyReport',
  'certificate.feedbackFrom',
  'support.amount',
  'support.currency',
  'support.people',
] as const
export type RuleField = (typeof RULE_FIELDS)[number]

export type RuleValue = number | string | boolean | readonly number[]

/** What a rule says, by the name of its field. */
export function ruleAt(
  { checkin, group, certificate, support, ...rules }: ProgrammeRules,
  field: RuleField,
): RuleValue {
  const all: Record<RuleField, RuleValue> = {
    dueDay: rules.dueDay,
    reminderDays: rules.reminderDays,
    modules: rules.modules,
    hoursPerModule: rules.hoursPerModule,
    'checkin.lunch': checkin.lunch ?? '',
    'checkin.third': checkin.third ?? '',
    'group.from': group.from,
    'group.max': group.max,
    'certificate.hours': certificate.hours,
    'certificate.everyReport': certificate.everyReport,
    'certificate.feedbackFrom': certificate.feedbackFrom,
    'support.amount': support.amount,
    'support.currency': support.currency,
    'support.people': support.people,
  }
  return all[field]
}

/** The fields in which two rules differ. */
export const differentRules = (before: ProgrammeRules, after: ProgrammeRules): RuleField[] =>
  RULE_FIELDS.filter((field) => JSON.stringify(ruleAt(before, field)) !== JSON.stringify(ruleAt(after, field)))
