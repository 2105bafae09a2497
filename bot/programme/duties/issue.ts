/** A certificate: issued once for a person and a programme, when nothing is missing. Issued again it says the same in another language. */
import { audit } from '../../desk/audit.js'
import { UserError } from '../../errors.js'
import type { Store, Tx } from '../../store/store.js'
import { dayOf } from '../people/days.js'
import { openName } from '../people/names.js'
import { dayIn } from '../reports/periods.js'
import { codeOf, hashOfCode } from './codes.js'
import type { Duties, ProgrammeDuties } from './read.js'
import { isWhole, type Missing } from './rule.js'

export type Issuing = {
  duties: Duties
  programme: ProgrammeDuties['programme']
  language: string
  /** Null: the worker asked for it in the chat. */
  staffId: string | null
  at: Date
  /** What is missing, in the words of whoever asks. */
  sentence(missing: Missing): string
}

/**
 * Returns the row's id; `traceIssue` is the last step of the same transaction. What stands on a paper that was issued already stays, whatever became of the duties since: only its language
 * and the spelling of the name change.
 * @throws UserError dutiesMissing with what is missing; noWorker: they were erased
 */
export async function issue(
  { vault }: Pick<Store, 'vault'>,
  tx: Tx,
  { duties, programme, language, staffId, at, sentence }: Issuing,
): Promise<string> {
  const { personId, enrolment, missing, certificate } = duties
  if (!certificate && missing.length > 0)
    throw new UserError('dutiesMissing', { what: missing.map(sentence).join('; ') })
  const called = openName(vault, enrolment.person, enrolment.name)
  if (called === undefined || !enrolment.person.wrappedKey) throw new UserError('noWorker')
  const name = vault.drawer(personId, enrolment.person.wrappedKey).seal('certificate.name', called)
  const id = crypto.randomUUID()
  // Of two who issue it at the same moment one makes the row, and the other finds it
  const row = await tx.certificate.upsert({
    where: { personId_programmeId: { personId, programmeId: programme.id } },
    update: { language, name },
    create: {
      id,
      codeHash: hashOfCode(vault, codeOf(vault, id)),
      personId,
      programmeId: programme.id,
      name,
      organisationId: enrolment.organisationId,
      hours: duties.hours,
      modules: duties.modules.filter(isWhole).length,
      language,
      issuedOn: dayOf(dayIn(enrolment.group.timeZone, at)),
      issuedById: staffId,
    },
  })
  return row.id
}

/** All who leave a trace wait for each other there, so it comes after the paper was drawn and sent. */
export const traceIssue = (
  { vault }: Pick<Store, 'vault'>,
  tx: Tx,
  { staffId, at }: Pick<Issuing, 'staffId' | 'at'>,
  object: string,
): Promise<void> => audit(tx, vault, { staffId, action: 'certificate.issue', object, at })
