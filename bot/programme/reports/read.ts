/** One report with all its versions, what changed between them, and what colleagues did with it. */
import type { StaffMember } from '../../desk/access.js'
import type { Json, Values } from '../../engine/types.js'
import { UserError } from '../../errors.js'
import type { Store } from '../../store/store.js'
import { Form, type Question, questionsOfAll } from './form.js'
import { isPeriod } from './periods.js'
import { isState, type State } from './states.js'
import { groupOf, staysIn } from './stays.js'

export type ReadVersion = {
  number: number
  channel: string
  at: Date
  form: Form
  answers: Values | null
  /** What it answers otherwise than the version before; also questions that only one of the two asked. */
  changed: Question[]
}
export type ReadEvent = { kind: string; alias: string | null; at: Date; reason: string | undefined; about: Json }
export type ReadReport = {
  personId: string
  name: string
  groupId: string
  groupName: string
  period: string
  state: State
  locked: boolean
  extendedTo: string | null
  versions: ReadVersion[]
  events: ReadEvent[]
}

const same = (one: Json | undefined, other: Json | undefined) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** The questions that two versions answer differently. */
export const differences = (questions: readonly Question[], before: Values | null, now: Values | null): Question[] =>
  questions.filter(({ id }) => !same(before?.[id], now?.[id]))

/** @throws UserError noPage, also for a group that is not this colleague's to see, and for a month that belongs to another group */
export async function readReport(
  { db, vault }: Pick<Store, 'db' | 'vault'>,
  staff: StaffMember,
  { groupId, personId, period }: { groupId: string; personId: string; period: string },
): Promise<ReadReport> {
  const [uuid, other] = [groupId, personId].map((id) => /^[0-9a-f-]{36}$/.test(id))
  if (!uuid || !other || !isPeriod(period)) throw new UserError('noPage')
  const enrolment = await db.enrolment.findFirst({
    where: { groupId, personId, ...(staff.role === 'trainer' ? { group: { trainerId: staff.id } } : {}) },
    include: { group: true, person: true },
    orderBy: { joinedOn: 'desc' },
  })
  if (!enrolment?.person.wrappedKey) throw new UserError('noPage')
  const { programmeId } = enrolment.group
  if (groupOf(period, await staysIn(db, { personId, programmeId })) !== groupId) throw new UserError('noPage')
  const drawer = vault.drawer(personId, enrolment.person.wrappedKey)
  const report = await db.report.findUnique({
    where: { personId_programmeId_period: { personId, programmeId, period } },
    include: {
      versions: { include: { form: true }, orderBy: { number: 'asc' } },
      events: { include: { staff: { select: { alias: true } } }, orderBy: { id: 'asc' } },
    },
  })
  let before: { form: Form; answers: Values | null } | undefined
  const versions = (report?.versions ?? []).map((version): ReadVersion => {
    const form = Form.parse(version.form.form)
    const answers = version.answers ? drawer.openJson<Values>('report.answers', version.answers) : null
    const changed = before ? differences(questionsOfAll([form, before.form]), before.answers, answers) : []
    before = { form, answers }
    return { number: version.number, channel: version.channel, at: version.at, form, answers, changed }
  })
  const state = report?.state ?? 'due'
  return {
    personId,
    name: drawer.openText('enrolment.name', enrolment.name),
    groupId,
    groupName: enrolment.group.name,
    period,
    state: isState(state) ? state : 'due',
    locked: report?.locked ?? false,
    extendedTo: report?.extendedTo?.toISOString().slice(0, 10) ?? null,
    versions,
    events: (report?.events ?? []).map(({ kind, staff: by, at, reason, about }) => ({
      kind,
      alias: by?.alias ?? null,
      at,
      reason: reason ? drawer.openText('report.reason', reason) : undefined,
      about: about as Json,
    })),
  }
}
