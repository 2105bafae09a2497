/** The reports of a group's months as a table, read page by page. Who took them is recorded; while a breach is looked into nobody can. */
import type { InsideHouse } from '../../conversation/inside.js'
import { permit, type StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { mustNotBeFrozen } from '../../desk/two-people/frozen.js'
import type { Json, Values } from '../../engine/types.js'
import { UserError } from '../../errors.js'
import { type Store, sqlOf } from '../../store/store.js'
import { type Question, questionsOf } from './form.js'
import { dayIn, isPeriod, periodsBetween } from './periods.js'
import { groupOf, type Stay, staysSql } from './stays.js'

/** A year. */
const MONTHS_MAX = 12
const PAGE = 200

export type Asked = {
  groupId: string
  from: string
  to: string
  /** Words for the heads and for what is not a number. */
  say(key: string): string
  question(question: Question): string
  shown(question: Question, answer: Json | undefined): string
}

type Row = {
  period: string
  personId: string
  stays: Stay[]
  key: Uint8Array | null
  name: Uint8Array
  organisation: string | null
  state: string
  locked: boolean
  sentAt: Date | null
  number: number | null
  answers: Uint8Array | null
}

const QUERY = `
  select r.period, r.person_id as "personId", n.wrapped_key as key, e.name, o.name as organisation, r.state, r.locked,
         r.sent_at as "sentAt", v.number, v.answers, ${staysSql('r.person_id', '$2::uuid')} as stays
    from report r
    join lateral (select name, organisation_id from enrolment where group_id = $1::uuid and person_id = r.person_id
                   order by joined_on desc limit 1) e on true
    join person n on n.id = r.person_id
    left join organisation o on o.id = e.organisation_id
    left join lateral (select number, answers from report_version where report_id = r.id order by number desc limit 1) v on true
   where r.programme_id = $2::uuid and r.period between $3 and $4 and (r.period, r.person_id) > ($5, $6::uuid)
   order by r.period, r.person_id limit $7::int`

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** @throws UserError notAllowed, badPeriod, noPage, frozen */
export async function exportReports(
  house: InsideHouse,
  staff: StaffMember,
  asked: Asked,
): Promise<AsyncIterable<(string | number | null)[]>> {
  permit(staff, 'report.decide')
  const { store } = house
  const { from, to, groupId } = asked
  const length = isPeriod(from) && isPeriod(to) ? periodsBetween(from, to).length : 0
  if (length === 0 || length > MONTHS_MAX) throw new UserError('badPeriod')
  const group = /^[0-9a-f-]{36}$/.test(groupId)
    ? await store.db.programmeGroup.findUnique({ where: { id: groupId } })
    : null
  if (!group) throw new UserError('noPage')
  await store.transaction(async (tx) => {
    await mustNotBeFrozen(sqlOf(tx))
    const object = `${groupId}/${from}/${to}`
    await audit(tx, store.vault, { staffId: staff.id, action: 'report.export', object, at: house.clock() })
  })
  const questions = await questionsOf(store.db, group.programmeId)
  return rows(store, { ...asked, programmeId: group.programmeId, timeZone: group.timeZone }, questions)
}

/** `timeZone`: by its days it is told when something was sent. */
type InGroup = Asked & { programmeId: string; timeZone: string }

const HEADS = ['month', 'person', 'organisation', 'stateOf', 'sentAt', 'versionOf']

async function* rows({ sql, vault }: Store, asked: InGroup, questions: readonly Question[]) {
  yield [...HEADS.map((head) => asked.say(`column.${head}`)), ...questions.map(asked.question)]
  let after: [string, string] = ['', BEFORE_ALL]
  for (;;) {
    const page = await sql<Row>(QUERY, [asked.groupId, asked.programmeId, asked.from, asked.to, ...after, PAGE])
    // Whoever moved has months that are the other group's
    const ours = page.filter(({ period, stays }) => groupOf(period, stays) === asked.groupId)
    for (const row of ours) yield lineOf(vault, asked, questions, row)
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = [last.period, last.personId]
  }
}

function lineOf(
  vault: Store['vault'],
  asked: InGroup,
  questions: readonly Question[],
  row: Row,
): (string | number | null)[] {
  const drawer = row.key ? vault.drawer(row.personId, row.key) : undefined
  const answers = drawer && row.answers ? drawer.openJson<Values>('report.answers', row.answers) : {}
  return [
    row.period,
    drawer ? drawer.openText('enrolment.name', row.name) : null,
    row.organisation,
    asked.say(`state.${row.locked ? 'locked' : row.state}`),
    row.sentAt && dayIn(asked.timeZone, new Date(row.sentAt)),
    row.number,
    ...questions.map((question) => {
      const answer = answers[question.id]
      if (answer === undefined || answer === null) return null
      return typeof answer === 'number' ? answer : asked.shown(question, answer)
    }),
  ]
}
