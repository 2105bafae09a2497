/** Everything that is stored about one person, opened and as plain data (S15): what the page and the file for machines are made of. */
import type { Body } from '../../conversation/render.js'
import type { State } from '../../conversation/state.js'
import type { Turn } from '../../conversation/turn.js'
import type { Summary } from '../../desk/cases.js'
import { ownMonths } from '../../programme/feedback/mine.js'
import type { Tx } from '../../store/store.js'

export type MyData = Awaited<ReturnType<typeof gather>>

export async function gather(tx: Tx, { loaded: { personId }, drawer, now }: Turn) {
  const [
    person,
    conversations,
    consents,
    cases,
    messages,
    files,
    drafts,
    complaints,
    reports,
    block,
    enrolments,
    attendance,
    certificates,
  ] = await Promise.all([
    tx.person.findUniqueOrThrow({ where: { id: personId }, include: { addresses: true } }),
    tx.conversation.findMany({ where: { personId } }),
    tx.consent.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
    tx.case.findMany({
      where: { personId },
      include: {
        _count: { select: { notes: true, offers: true, approvals: true } },
        calls: { orderBy: { id: 'asc' } },
        appointments: { orderBy: { at: 'asc' } },
      },
      orderBy: { openedAt: 'asc' },
    }),
    tx.message.findMany({ where: { conversation: { personId } }, orderBy: { id: 'asc' } }),
    tx.file.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } }),
    tx.draft.findMany({ where: { personId } }),
    tx.complaint.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
    tx.report.findMany({
      where: { personId },
      include: {
        versions: { include: { form: true }, orderBy: { number: 'asc' } },
        events: { orderBy: { id: 'asc' } },
      },
      orderBy: { period: 'asc' },
    }),
    tx.block.findUnique({ where: { personId } }),
    tx.enrolment.findMany({
      where: { personId },
      include: { group: { include: { programme: true } }, organisation: true },
      orderBy: { joinedOn: 'asc' },
    }),
    tx.attendanceEvent.findMany({
      where: { enrolment: { personId } },
      include: { session: { include: { group: true } } },
      orderBy: { id: 'asc' },
    }),
    tx.certificate.findMany({
      where: { personId },
      include: { programme: true, organisation: true },
      orderBy: { issuedOn: 'asc' },
    }),
  ])
  const ours = new Set(messages.filter(({ author }) => author === 'bot').map(({ fileId }) => fileId))
  const summaryOf = (sealed: Uint8Array | null) =>
    sealed ? drawer.openJson<Summary>('case.summary', sealed) : { question: '', shown: [] }
  return {
    at: now,
    profile: {
      language: person.language,
      country: person.country,
      city: person.city,
      age: person.ageBand,
      since: person.createdAt,
      clearsItself: person.autoClean,
      remindOfDays: person.remindOfDays,
      noNewCasesUntil: block?.until ?? null,
      addresses: person.addresses.map(({ channel, sealed }) => ({
        channel,
        address: drawer.openText('address.sealed', sealed),
      })),
    },
    consents: consents.map(({ kind, given, version, language, channel, at, withdrawnAt }) => ({
      ...{ kind, given, version, language, channel, at, withdrawnAt },
    })),
    cases: cases.map(({ summary, _count, calls, appointments, ...found }) => ({
      code: found.code,
      openedAt: found.openedAt,
      closedAt: found.closedAt,
      urgency: found.urgency,
      danger: found.danger,
      topic: found.topic,
      country: found.country,
      city: found.city,
      outcome: found.outcome,
      rating: found.rating,
      ...summaryOf(summary),
      // Their own working words, also when they hand a case on or ask a second person: told of, and given on request.
      notes: _count.notes + _count.offers + _count.approvals,
      calls: calls.map(({ at, state, phone }) => ({
        ...{ at, state },
        phone: phone && drawer.openText('call.phone', phone),
      })),
      meetings: appointments.map(({ at, kind, state, place }) => ({
        ...{ at, kind, state },
        place: drawer.openText('appointment.place', place),
      })),
    })),
    programmes: enrolments.map(({ group, organisation, name, joinedOn, leftOn, connectedAt }) => ({
      ...{ joinedOn, leftOn, connectedAt },
      programme: group.programme.name,
      group: group.name,
      organisation: organisation?.name ?? null,
      name: drawer.openText('enrolment.name', name),
    })),
    certificates: certificates.map(({ programme, organisation, name, hours, modules, language, issuedOn }) => ({
      ...{ hours, modules, language, issuedOn },
      programme: programme.name,
      organisation: organisation?.name ?? null,
      name: drawer.openText('certificate.name', name),
    })),
    complaints: complaints.map(({ at, caseCode, body }) => ({
      ...{ at, caseCode },
      text: drawer.openText('complaint.body', body),
    })),
    files: files.map(({ id, name, kind, mime, bytes, state, createdAt }) => ({
      ...{ id, kind, mime, bytes, state },
      name: name ? drawer.openText('file.name', name) : kind,
      at: createdAt,
      /** Made by us for this person, such as an earlier page like this one. */
      ours: ours.has(id),
    })),
    drafts: drafts.map(({ flow, until, answers }) => ({
      ...{ flow, until },
      answers: drawer.openJson<unknown>('draft.answers', answers),
    })),
    reports: reports.map(({ period, state, locked, extendedTo, versions, events, draft }) => ({
      ...{ period, state, locked, extendedTo },
      draft: draft && drawer.openJson<unknown>('report.draft', draft),
      versions: versions.map(({ number, channel, at, form, answers }) => ({
        ...{ number, channel, at },
        /** The words of what a coordinator added, by its id; the others go by their own names. */
        asked: form.form,
        answers: answers && drawer.openJson<unknown>('report.answers', answers),
      })),
      events: events.map(({ kind, at, about, reason }) => ({
        ...{ kind, at, about },
        reason: reason && drawer.openText('report.reason', reason),
      })),
    })),
    attendance: attendance.map(({ session, point, at, kind, was, becomes, minutes, why }) => ({
      ...{ module: session.module, day: session.startsAt, timeZone: session.group.timeZone },
      ...{ point, at, kind, was, becomes, minutes },
      why: why && drawer.openText('attendance_event.why', why),
    })),
    // The sums of every full five, as the worker's own chat shows them; of codes how many: which was used would tell who has answered
    feedback: {
      months: await ownMonths(tx, drawer, personId),
      codes: await tx.feedbackToken.count({ where: { personId } }),
    },
    talks: conversations.flatMap(({ state }) => (state ? [drawer.openJson<State>('conversation.state', state)] : [])),
    messages: messages.flatMap(({ body, author, createdAt, fileId }) => {
      if (!body) return []
      const { text, shared, value, was } = drawer.openJson<Body>('message.body', body)
      return [{ at: createdAt, author, text, ...(shared ? { shared, value } : {}), ...(was ? { was } : {}), fileId }]
    }),
  }
}
