/** Colleagues: who works where, invitations, and the way out for a lost device. */
import type { FastifyRequest } from 'fastify'
import { permit } from '../../desk/access.js'
import { timedOf } from '../../desk/centres.js'
import { accountsOf } from '../../desk/house/accounts.js'
import { dismissedByHand, openDismissals } from '../../desk/house/dismissals.js'
import { byAlias, stateOf } from '../../desk/house/overview.js'
import { checkUntil } from '../../desk/house/self.js'
import { changeColleague, colleagueOf, disableColleague, mayGive } from '../../desk/house/staff.js'
import { CASE_ROLES } from '../../desk/routing/facts.js'
import { UserError } from '../../errors.js'
import type { Staff } from '../../store/generated/client.js'
import { isStaffLanguage, LANGUAGES } from '../../text/languages.js'
import type { Desk } from '../desk.js'
import type { StaffRoute, Visit } from '../guard.js'
import { done, orStay, type Page, param, sendPage } from '../house/pages.js'
import { invite, inviteAgain, signInLink, tokenHash } from '../invitations.js'
import { type FreshLink, isRole, type MemberPage, memberView, staffView } from '../views/house/staff.js'
import { beginningOf } from './me.js'

async function staffPage({ desk, view }: Visit, fresh?: FreshLink): Promise<Page> {
  const { db } = desk.store
  const [staff, centres, entered, inGroups] = await Promise.all([
    db.staff.findMany({ where: { disabledAt: null } }),
    db.centre.findMany({ orderBy: { id: 'asc' } }),
    db.audit.groupBy({ by: ['object'], where: { action: 'sign-in' } }),
    openDismissals(desk.store),
  ])
  const came = new Set(entered.map(({ object }) => object))
  const lines = byAlias(staff).map((each) => ({ ...each, ...stateOf(each, view.now), signedIn: came.has(each.alias) }))
  return { room: 'staff', title: view.house('nav.staff'), body: staffView(view, lines, { centres, inGroups, fresh }) }
}

/** @throws UserError noColleague, notAllowed */
async function memberPage(visit: Visit, fresh?: FreshLink): Promise<Page> {
  const { desk, view, session } = visit
  const { db } = desk.store
  const member = await colleagueOf(desk.house, param(visit, 'member'))
  if (!mayGive(session.staff, member.role)) throw new UserError('notAllowed')
  const [centres, teams, topics, open, accounts] = await Promise.all([
    db.centre.findMany({ orderBy: { id: 'asc' } }),
    db.team.findMany({ orderBy: [{ centreId: 'asc' }, { name: 'asc' }] }),
    db.article.findMany({ distinct: ['topic'], select: { topic: true }, orderBy: { topic: 'asc' } }),
    db.case.count({ where: { ownerId: member.id, state: 'claimed' } }),
    accountsOf(desk.store, member.id),
  ])
  const page: MemberPage = {
    member,
    filled: visit.form.field('capacity') ? typed(visit, topics) : kept(member),
    centres,
    teams,
    topics: topics.map(({ topic }) => topic),
    open,
    accounts: accounts.length,
    ...(fresh ? { fresh } : {}),
  }
  return { room: 'staff', title: view.alias(member.alias), body: memberView(view, page) }
}

const kept = (member: Staff): MemberPage['filled'] => ({
  ...member,
  centreId: member.centreId ?? '',
  teamId: member.teamId ?? '',
  capacity: String(member.capacity),
  day: '',
})

const typed = ({ form }: Visit, topics: readonly { topic: string }[]): MemberPage['filled'] => ({
  role: form.field('role'),
  centreId: form.field('centre'),
  teamId: form.field('team'),
  skills: CASE_ROLES.filter((each) => form.field(`skill.${each}`)),
  languages: LANGUAGES.filter((each) => form.field(`language.${each}`)),
  topics: topics.map(({ topic }) => topic).filter((topic) => form.field(`topic.${topic}`)),
  capacity: form.field('capacity'),
  onCall: form.field('onCall') !== '',
  day: form.field('day'),
})

async function saveMember(visit: Visit): Promise<void> {
  const { desk, session, form, view } = visit
  const { db } = desk.store
  const member = await colleagueOf(desk.house, param(visit, 'member'))
  const topics = await db.article.findMany({ distinct: ['topic'], select: { topic: true } })
  const { role, centreId, teamId, capacity, day, ...rest } = typed(visit, topics)
  if (!isRole(role)) throw new UserError('badRequest')
  const centre = centreId ? await db.centre.findUnique({ where: { id: centreId } }) : null
  const away = day ? checkUntil(beginningOf(day, timedOf(centre).zone), view.now) : null
  const team = teamId ? await db.team.findUnique({ where: { id: teamId } }) : null
  await changeColleague(desk.house, session.staff, member.id, {
    ...rest,
    skills: CASE_ROLES.filter((each) => form.field(`skill.${each}`)),
    languages: LANGUAGES.filter((each) => form.field(`language.${each}`)),
    role,
    centreId: centreId || null,
    // Whoever goes to another centre leaves the team behind.
    teamId: team && team.centreId === centreId ? teamId : null,
    capacity: Number(capacity),
    // An absence that somebody set for themselves stays, unless another is written here.
    awayUntil: away ?? (form.field('back') ? null : member.awayUntil),
  })
}

/** Where people reach us from outside; without that word, where this request came in. */
const originOf = ({ publicUrl }: Desk, request: FastifyRequest): string =>
  publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`

async function inviteNew(visit: Visit): Promise<FreshLink> {
  const { desk, session, form, request } = visit
  permit(session.staff, 'house.change')
  const [role, language] = [form.field('role'), form.field('language')]
  if (!isRole(role) || !isStaffLanguage(language)) throw new UserError('badRequest')
  if (!mayGive(session.staff, role)) throw new UserError('notAllowed')
  const centreId = form.field('centre') || null
  if (centreId && (await desk.store.db.centre.count({ where: { id: centreId } })) === 0) throw new UserError('noCentre')
  const token = await invite(desk.store, { role, language, now: desk.clock(), by: session.staff.id, centreId })
  const { staff } = await desk.store.db.invitation.findUniqueOrThrow({
    where: { tokenHash: new Uint8Array(tokenHash(desk.store, token)) },
    include: { staff: true },
  })
  return { alias: staff.alias, url: signInLink(originOf(desk, request), token) }
}

async function inviteMember(visit: Visit): Promise<FreshLink> {
  const { desk, session, request } = visit
  permit(session.staff, 'house.change')
  const member = await colleagueOf(desk.house, param(visit, 'member'))
  if (!mayGive(session.staff, member.role)) throw new UserError('notAllowed')
  const token = await inviteAgain(desk.store, { alias: member.alias, now: desk.clock(), by: session.staff.id })
  if (!token) throw new UserError('noColleague')
  return { alias: member.alias, url: signInLink(originOf(desk, request), token) }
}

const beneath = (visit: Visit) => () => memberPage(visit).catch(() => staffPage(visit))

const act = (url: string, work: (visit: Visit) => Promise<ReturnType<typeof sendPage>>): StaffRoute => ({
  method: 'POST',
  url,
  action: 'house.change',
  handle: (visit) => orStay(visit, url === '/staff' ? () => staffPage(visit) : beneath(visit), () => work(visit)),
})

export const staffRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/staff',
    action: 'house.change',
    handle: async (visit) => sendPage(visit, await staffPage(visit)),
  },
  {
    method: 'GET',
    url: '/staff/:member',
    action: 'house.change',
    handle: (visit) =>
      orStay(
        visit,
        () => staffPage(visit),
        async () => sendPage(visit, await memberPage(visit)),
      ),
  },
  act('/staff', async (visit) => sendPage(visit, await staffPage(visit, await inviteNew(visit)))),
  act('/staff/:member', async (visit) => {
    await saveMember(visit)
    return done(visit, `/staff/${param(visit, 'member')}`, 'saved')
  }),
  act('/staff/:member/link', async (visit) => sendPage(visit, await memberPage(visit, await inviteMember(visit)))),
  act('/staff/:member/disable', async (visit) => {
    await disableColleague(visit.desk.house, visit.session.staff, param(visit, 'member'))
    return done(visit, '/staff', 'disabled')
  }),
  act('/staff/groups/:dismissal', async (visit) => {
    await dismissedByHand(visit.desk.house, visit.session.staff, param(visit, 'dismissal'))
    return done(visit, '/staff', 'saved')
  }),
]
