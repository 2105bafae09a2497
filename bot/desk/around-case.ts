/** What stands around a case: whose it could be, who helps, what was offered, asked and planned, and by when somebody must answer. */
import type { Case, Centre, Offer } from '../store/generated/client.js'
import type { Store } from '../store/store.js'
import { COUNTRY_TIME_ZONES, isCountry } from '../text/countries.js'
import type { StaffMember } from './access.js'
import { timedOf } from './centres.js'
import { type Standing, standing } from './goals.js'
import { filterOf } from './goals-of-case.js'
import { isOpen, nextOpening } from './hours/opening.js'
import { mayReopen } from './reopen.js'

export type OfferTo =
  | { kind: 'staff'; alias: string }
  | { kind: 'team'; name: string }
  | { kind: 'centre'; country: string; city: string | null }

export type OpenOffer = {
  /** asked: the client has not said yet whether another centre may know. */
  state: 'asked' | 'offered'
  from: string
  to: OfferTo | undefined
  summary: string
  expiresAt: Date
  /** Whether whoever looks may accept it. */
  forMe: boolean
}

export type Meeting = { id: string; kind: string; at: Date; place: string; alias: string }

export type Around = {
  centre: { country: string; city: string | null; open: boolean; opensAt: Date | null } | null
  /** The zone in which meetings are planned. */
  zone: string
  engagement: number
  /** A child's (S42). */
  minor: boolean
  /** The alias of whoever had this person's last case. */
  preferred: string | null
  guests: { id: string; alias: string }[]
  offer: OpenOffer | null
  /** asked, given, called or refused; null when nobody asked for a call. */
  call: string | null
  /** Planned and not over, the next one first. */
  meetings: Meeting[]
  /** The last word on each kind; what was never asked is missing. */
  consents: Partial<Record<'case' | 'phone' | 'sharing', boolean>>
  goal: { due: Date; breached: boolean } | null
  /** The person may open no new cases until then. */
  blockedUntil: Date | null
  mayReopen: boolean
}

/** `undefined` when the case, or the key to it, is gone. Whether it may be read is asked before (`visible.ts`). */
export async function aroundCase(store: Store, id: string, staff: StaffMember, now: Date): Promise<Around | undefined> {
  const { db, vault } = store
  const found = await db.case.findUnique({
    where: { id },
    include: {
      person: { include: { consents: { orderBy: { id: 'asc' } } } },
      centre: true,
      guests: { include: { staff: true }, orderBy: { at: 'asc' } },
      offers: { where: { state: { in: ['asked', 'offered'] } }, take: 1 },
      calls: { orderBy: { id: 'desc' }, take: 1 },
      appointments: { where: { state: 'planned', at: { gt: now } }, include: { staff: true }, orderBy: { at: 'asc' } },
    },
  })
  if (!found?.person.wrappedKey) return undefined
  const drawer = vault.drawer(found.personId, found.person.wrappedKey)
  const [offer] = found.offers
  const preferred = found.preferredId ? await db.staff.findUnique({ where: { id: found.preferredId } }) : null
  const block = await db.block.findFirst({ where: { personId: found.personId, until: { gt: now } } })
  return {
    centre: found.centre && centreAt(found.centre, found, now),
    zone: found.centre?.timeZone ?? (isCountry(found.country) ? COUNTRY_TIME_ZONES[found.country] : 'UTC'),
    engagement: found.engagement,
    minor: found.minor,
    preferred: preferred?.alias ?? null,
    guests: found.guests.map(({ staff: { id, alias } }) => ({ id, alias })),
    offer: offer ? await openOffer(store, offer, drawer.openText('offer.summary', offer.summary), staff) : null,
    call: found.calls[0]?.state ?? null,
    meetings: found.appointments.map(({ place, staff: { alias }, ...meeting }) => ({
      id: meeting.id,
      kind: meeting.kind,
      at: meeting.at,
      place: drawer.openText('appointment.place', place),
      alias,
    })),
    consents: Object.fromEntries(
      found.person.consents.map(({ kind, given, withdrawnAt }) => [kind, given && withdrawnAt === null]),
    ),
    goal: goalOf(standingOf(found, found.centre, now)),
    blockedUntil: block?.until ?? null,
    mayReopen: mayReopen(found, now),
  }
}

function centreAt(centre: Centre, found: Case, now: Date): NonNullable<Around['centre']> {
  const { hours, zone } = timedOf(centre)
  const at = now.getTime()
  const open = isOpen(hours, zone, at, filterOf(found))
  const opens = open ? undefined : nextOpening(hours, zone, at, filterOf(found))
  return { country: centre.country, city: centre.city, open, opensAt: opens === undefined ? null : new Date(opens) }
}

const goalOf = (stands: Standing | undefined): Around['goal'] =>
  stands?.due === undefined ? null : { due: new Date(stands.due), breached: stands.breached }

function standingOf(found: Case, centre: Centre | null, now: Date): Standing | undefined {
  if (found.state === 'closed') return undefined
  const { goals, hours, zone } = timedOf(centre)
  const facts = {
    urgency: found.urgency === 'urgent' ? ('urgent' as const) : ('normal' as const),
    openedAt: found.openedAt.getTime(),
    firstReplyAt: found.firstReplyAt?.getTime() ?? null,
    waitingSince: found.waitingSince?.getTime() ?? null,
    urgentSince: found.urgentAt?.getTime() ?? null,
  }
  return standing(facts, goals, { hours, zone, filter: filterOf(found) }, now.getTime())
}

async function openOffer({ db }: Store, offer: Offer, summary: string, staff: StaffMember): Promise<OpenOffer> {
  const me = await db.staff.findUniqueOrThrow({ where: { id: staff.id } })
  const from = await db.staff.findUnique({ where: { id: offer.fromId } })
  const isMine = offer.toStaffId
    ? offer.toStaffId === me.id
    : offer.toTeamId
      ? offer.toTeamId === me.teamId
      : offer.toCentre === me.centreId
  return {
    state: offer.state === 'asked' ? 'asked' : 'offered',
    from: from?.alias ?? '',
    to: await targetOf(db, offer),
    summary,
    expiresAt: offer.expiresAt,
    forMe: offer.state === 'offered' && isMine,
  }
}

async function targetOf(db: Store['db'], { toStaffId, toTeamId, toCentre }: Offer): Promise<OfferTo | undefined> {
  if (toStaffId) {
    const staff = await db.staff.findUnique({ where: { id: toStaffId } })
    return staff ? { kind: 'staff', alias: staff.alias } : undefined
  }
  if (toTeamId) {
    const team = await db.team.findUnique({ where: { id: toTeamId } })
    return team ? { kind: 'team', name: team.name } : undefined
  }
  const centre = await db.centre.findUnique({ where: { id: toCentre ?? '' } })
  return centre ? { kind: 'centre', country: centre.country, city: centre.city } : undefined
}
