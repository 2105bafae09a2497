/** A case is a question that a human answers: opened in the client's own turn, so that it is there or the message is not. */
import { randomInt, randomUUID } from 'node:crypto'
import type { Turn } from '../conversation/turn.js'
import { count } from '../store/counters.js'
import type { Case } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { isMinor } from '../text/ages.js'
import type { Country } from '../text/countries.js'
import { needColumn, routeCase } from './assign.js'
import { wantPlaces } from './places/wanted.js'
import { keepTogether, knowsThem } from './same-person.js'

export type Urgency = 'normal' | 'urgent'

/** What the bot learned before a human took over. */
export type Summary = {
  question: string
  /** Ids of the articles that were shown as answers. */
  shown: string[]
}

export type NewCase = {
  urgency: Urgency
  danger?: string | undefined
  topic?: string | undefined
  question: string
  shown: string[]
}

/** No 0/O, 1/I/L, 5/S, 8/B: a code is read out on the phone. */
const CODE_LETTERS = '234679ACDEFGHJKMNPQRTUVWXYZ'
const letter = () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]

const newCode = () => `${letter()}${letter()}${letter()}-${letter()}${letter()}`

export async function freeCode(tx: Tx): Promise<string> {
  for (;;) {
    const code = newCode()
    if ((await tx.case.count({ where: { code } })) === 0) return code
  }
}

/** A photo or a spoken message that the bot could not read is what the person wants to show; older ones are another matter. */
const FILES_OF_THE_LAST_MS = 60 * 60_000

/** Opens a case, or adds to the one that is open already; from now on the bot is silent. Returns the case's code. */
export async function openCase(turn: Turn, tx: Tx, about: NewCase): Promise<string> {
  const open = turn.caseId ? await tx.case.findUnique({ where: { id: turn.caseId } }) : null
  if (open && open.state !== 'closed') {
    const says = about.danger !== undefined && about.danger !== 'sos' && about.danger !== open.danger
    if (about.urgency === 'urgent' && (open.urgency !== 'urgent' || says))
      await becomeUrgent(turn, tx, open, about.danger)
    turn.waiting = open.id
    return open.code
  }
  const id = randomUUID()
  const code = await freeCode(tx)
  const summary: Summary = { question: about.question, shown: about.shown }
  const before = await lastCase(turn, tx)
  const { ageBand } = await tx.person.findUniqueOrThrow({
    where: { id: turn.loaded.personId },
    select: { ageBand: true },
  })
  const facts = {
    country: turn.person.country,
    city: turn.person.city,
    language: turn.language,
    topic: about.topic ?? null,
    danger: about.danger ?? null,
    minor: isMinor(ageBand),
    avoid: before?.avoid ?? [],
    preferredId: await knowsThem(tx, before),
    channel: turn.loaded.channel,
    mayCrossBorders: turn.consents.sharing?.given === true && !turn.consents.sharing.withdrawn,
  }
  const route = await routeCase(tx, facts, turn.now)
  await tx.case.create({
    data: {
      id,
      code,
      personId: turn.loaded.personId,
      conversationId: turn.loaded.conversationId,
      urgency: about.urgency,
      danger: about.danger ?? null,
      topic: about.topic ?? null,
      country: turn.person.country,
      city: turn.person.city,
      language: turn.language,
      summary: turn.drawer.sealJson('case.summary', summary),
      openedAt: turn.now,
      waitingSince: turn.now,
      centreId: route.chosen?.centreId ?? null,
      need: needColumn(route),
      minor: facts.minor,
      avoid: facts.avoid,
      preferredId: facts.preferredId,
      engagement: (before?.engagement ?? 0) + 1,
      mergedIntoId: before?.mergedIntoId ?? null,
      ...(about.urgency === 'urgent' ? { rungAt: turn.now, urgentAt: turn.now } : {}),
    },
  })
  // What was merged was not counted as answered, so nobody came back to it.
  if (before && before.outcome !== 'merged') await count(tx, turn.now, 'came-back', turn.person.country)
  if (before) await keepTogether(tx, before.id, id)
  await wantPlaces(tx, id, turn.now)
  await tx.message.updateMany({
    where: {
      conversationId: turn.loaded.conversationId,
      caseId: null,
      direction: 'in',
      fileId: { not: null },
      createdAt: { gt: new Date(turn.now.getTime() - FILES_OF_THE_LAST_MS) },
    },
    data: { caseId: id },
  })
  turn.caseId = id
  turn.owner = 'queue'
  turn.state.passedOn = 0
  return code
}

/** Whoever comes back within this time continues: a new engagement, with the same consultant if they are there. */
export const COMES_BACK_WITHIN_MS = 14 * 86_400_000

const lastCase = (turn: Turn, tx: Tx): Promise<Case | null> =>
  tx.case.findFirst({
    where: {
      personId: turn.loaded.personId,
      state: 'closed',
      closedAt: { gt: new Date(turn.now.getTime() - COMES_BACK_WITHIN_MS) },
    },
    orderBy: { closedAt: 'desc' },
  })

/** Danger in a case that is open already: its goals are others from now on, and it climbs until somebody has it. */
async function becomeUrgent(turn: Turn, tx: Tx, open: Case, danger: string | undefined): Promise<void> {
  const facts = { ...open, danger: danger ?? null, channel: turn.loaded.channel }
  const need = needColumn(await routeCase(tx, facts, turn.now), open.need)
  await tx.case.update({
    where: { id: open.id },
    data: {
      urgency: 'urgent',
      danger: danger ?? null,
      need,
      urgentAt: turn.now,
      goal: null,
      dueAt: null,
      warnAt: null,
      breachedAt: null,
      waitingSince: open.waitingSince ?? turn.now,
      revision: { increment: 1 },
      ...(open.state === 'queued' ? { rungAt: turn.now, rungsDone: [] } : {}),
    },
  })
  if (need !== open.need) await wantPlaces(tx, open.id, turn.now)
}

/** A case as staff lists show it. */
export type CaseRow = {
  /** `outline`: whoever looks may know that it is there, not what it is about. */
  sight: 'full' | 'outline'
  /** It waits for this colleague's yes or no. */
  offered: boolean
  /** They are a second consultant in it. */
  helping: boolean
  id: string
  code: string
  state: 'queued' | 'claimed' | 'closed'
  urgency: Urgency
  danger: string | null
  topic: string | null
  country: Country | null
  city: string | null
  language: string
  ownerId: string | null
  ownerAlias: string | null
  revision: number
  openedAt: Date
  waitingSince: Date | null
  closedAt: Date | null
  /** When its goal is missed. */
  dueAt: Date | null
  outcome: string | null
  contactKind: string | null
  /** One to five stars, from the client. */
  rating: number | null
}
