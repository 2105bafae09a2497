/** Who may do what: every route × everybody. A new route without a line here fails the first test. */
// Long: the table of every route is one page to be read as such.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STAFF_ROUTES } from '../../bot/console/console.js'
import { ACCESS, DESK_ACTIONS, may, STAFF_ROLES, type StaffRole } from '../../bot/desk/access.js'
import { claim } from '../../bot/desk/claiming.js'
import { type Browser, newBrowser, newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

const WHO = ['nobody', 'consultant', 'supervisor', 'administrator', 'coordinator', 'trainer', 'disabled'] as const
type Who = (typeof WHO)[number]
type Verdict = 'in' | 'out' | 'no'

const CASEWORK: Record<Who, Verdict> = {
  nobody: 'out',
  consultant: 'in',
  supervisor: 'in',
  administrator: 'no',
  coordinator: 'no',
  trainer: 'no',
  disabled: 'out',
}
/** Whoever works here: their own page, their own words. */
const EVERYBODY: Record<Who, Verdict> = { ...CASEWORK, administrator: 'in', coordinator: 'in', trainer: 'in' }
/** Who knows that clients wait. */
const QUEUE: Record<Who, Verdict> = { ...CASEWORK, administrator: 'in' }
/** Whoever looks after workers sees no case and no client, and the other way round. */
const PROGRAMME: Record<Who, Verdict> = { ...EVERYBODY, consultant: 'no', supervisor: 'no' }
const COORDINATION: Record<Who, Verdict> = { ...PROGRAMME, trainer: 'no' }
/** Workers' reports hold words, which nobody reads who only looks after the machine or after clients. */
const REPORTS: Record<Who, Verdict> = { ...PROGRAMME, administrator: 'no' }
const COORDINATOR: Record<Who, Verdict> = { ...REPORTS, trainer: 'no' }
/** Who was there on a day: whoever trains, and coordinators. */
const CLOSING: Record<Who, Verdict> = { ...PROGRAMME, administrator: 'no' }

/** Who looks after the house: supervisors, and administrators, who see no words of clients. */
const HOUSE: Record<Who, Verdict> = { ...QUEUE, consultant: 'no' }
const OVERSIGHT: Record<Who, Verdict> = { ...CASEWORK, consultant: 'no' }
const ADMINISTRATOR: Record<Who, Verdict> = { ...HOUSE, supervisor: 'no' }

const TABLE: Record<string, Record<Who, Verdict>> = {
  'GET /': EVERYBODY,
  'GET /events': QUEUE,
  'GET /here': EVERYBODY,
  'POST /language': EVERYBODY,
  'POST /sign-out': EVERYBODY,
  'GET /cases/:code': CASEWORK,
  'POST /cases/:code/shared': CASEWORK,
  'GET /cases/:code/files/:id': CASEWORK,
  'POST /cases/:code/held': CASEWORK,
  'POST /next': CASEWORK,
  'POST /cases/:code/claim': CASEWORK,
  'POST /cases/:code/release': CASEWORK,
  'POST /cases/:code/close': CASEWORK,
  'POST /cases/:code/replies': CASEWORK,
  'POST /cases/:code/notes': CASEWORK,
  'POST /cases/:code/replies/correct': CASEWORK,
  'POST /cases/:code/replies/take-back': CASEWORK,
  'POST /cases/:code/articles': CASEWORK,
  'POST /cases/:code/ready': CASEWORK,
  'POST /cases/:code/offers': CASEWORK,
  'POST /cases/:code/offers/accept': CASEWORK,
  'POST /cases/:code/offers/decline': CASEWORK,
  'POST /cases/:code/offers/withdraw': CASEWORK,
  'POST /cases/:code/guests': CASEWORK,
  'POST /cases/:code/guests/dismiss': CASEWORK,
  'POST /cases/:code/reopen': CASEWORK,
  'POST /cases/:code/merge': CASEWORK,
  'POST /cases/:code/call': CASEWORK,
  'POST /cases/:code/call/number': CASEWORK,
  'POST /cases/:code/call/made': CASEWORK,
  'POST /cases/:code/meetings': CASEWORK,
  'POST /cases/:code/meetings/cancel': CASEWORK,
  'POST /cases/:code/block': CASEWORK,
  'POST /cases/:code/minor': CASEWORK,
  'GET /answers': EVERYBODY,
  'POST /answers': EVERYBODY,
  'POST /answers/change': EVERYBODY,
  'POST /answers/remove': EVERYBODY,
  'GET /me': EVERYBODY,
  'POST /me/here': EVERYBODY,
  'POST /me/away': EVERYBODY,
  'POST /me/pause': EVERYBODY,
  'POST /me/colleague': EVERYBODY,
  'POST /me/connect': EVERYBODY,
  'POST /me/forget': EVERYBODY,
  'GET /oversight': OVERSIGHT,
  'POST /oversight/reassign': OVERSIGHT,
  'POST /oversight/take': OVERSIGHT,
  'POST /oversight/divert': OVERSIGHT,
  'POST /oversight/sample': OVERSIGHT,
  'GET /oversight/sample/:sample': OVERSIGHT,
  'POST /oversight/sample/:sample': OVERSIGHT,
  'GET /complaints': HOUSE,
  'GET /complaints/:complaint': HOUSE,
  'POST /complaints/:complaint/take': HOUSE,
  'POST /complaints/:complaint/close': HOUSE,
  'GET /centres': HOUSE,
  'GET /centres/:centre': HOUSE,
  'GET /centres/:centre/hours': HOUSE,
  'POST /centres': HOUSE,
  'POST /centres/:centre': HOUSE,
  'POST /centres/:centre/hours': HOUSE,
  'POST /centres/:centre/goals': HOUSE,
  'POST /centres/:centre/divert': HOUSE,
  'POST /centres/:centre/remove': HOUSE,
  'POST /centres/:centre/teams': HOUSE,
  'POST /teams/:team': HOUSE,
  'POST /centres/:centre/groups': HOUSE,
  'POST /groups/:group/forget': HOUSE,
  'GET /staff': HOUSE,
  'GET /staff/:member': HOUSE,
  'POST /staff': HOUSE,
  'POST /staff/:member': HOUSE,
  'POST /staff/:member/link': HOUSE,
  'POST /staff/:member/disable': HOUSE,
  'POST /staff/groups/:dismissal': HOUSE,
  'POST /cases/:code/reveal': CASEWORK,
  'POST /cases/:code/reveal/look': CASEWORK,
  'GET /approvals': HOUSE,
  'POST /approvals/:approval/approve': HOUSE,
  'POST /approvals/:approval/refuse': HOUSE,
  'POST /approvals/export': OVERSIGHT,
  'POST /approvals/:approval/download': OVERSIGHT,
  'POST /approvals/lifetime': ADMINISTRATOR,
  'GET /breach': HOUSE,
  'POST /breach/plan': HOUSE,
  'POST /breach/lift': HOUSE,
  'POST /breach/sessions': HOUSE,
  'POST /breach': HOUSE,
  'GET /programmes': PROGRAMME,
  'GET /programmes/:programme': PROGRAMME,
  'POST /programmes': COORDINATION,
  'POST /programmes/:programme/groups': COORDINATION,
  'GET /programmes/:programme/rules': COORDINATION,
  'POST /programmes/:programme/rules': COORDINATION,
  'POST /programmes/:programme/rules/back': COORDINATION,
  'GET /programmes/:programme/materials': COORDINATION,
  'POST /programmes/:programme/materials': COORDINATION,
  'POST /programmes/:programme/materials/remove': COORDINATION,
  'POST /programmes/:programme/materials/back': COORDINATION,
  'GET /programmes/:programme/form': COORDINATION,
  'GET /programmes/:programme/form/preview': COORDINATION,
  'POST /programmes/:programme/form/questions': COORDINATION,
  'POST /programmes/:programme/form/options': COORDINATION,
  'POST /programmes/:programme/form/change': COORDINATION,
  'POST /programmes/:programme/form/publish': COORDINATION,
  'POST /programmes/:programme/form/discard': COORDINATION,
  'POST /programmes/:programme/form/back': COORDINATION,
  'GET /training/:training': PROGRAMME,
  'POST /training/:training/days': COORDINATION,
  'POST /training/:training/trainer': COORDINATION,
  'POST /training/:training/people': COORDINATION,
  'POST /training/:training/import': COORDINATION,
  'POST /training/:training/invitations': COORDINATION,
  'POST /workers/:worker': COORDINATION,
  'POST /workers/:worker/invite': COORDINATION,
  'POST /workers/:worker/leave': COORDINATION,
  'POST /workers/:worker/move': COORDINATION,
  'GET /training/:training/duties': REPORTS,
  'POST /training/:training/duties/:worker/certificate': COORDINATOR,
  'GET /training/:training/duties/:worker/certificate.pdf': COORDINATOR,
  'GET /training/:training/figures': PROGRAMME,
  'GET /programmes/:programme/figures': PROGRAMME,
  'GET /programmes/:programme/support': COORDINATOR,
  'POST /programmes/:programme/support/export': COORDINATOR,
  'POST /reports/:group/summary': COORDINATOR,
  'GET /reports': REPORTS,
  'GET /reports/:group': REPORTS,
  'GET /reports/:group/:person/:period/files/:id': REPORTS,
  'POST /reports/:group/remind': COORDINATOR,
  'POST /reports/:group/lock': COORDINATOR,
  'POST /reports/:group/unlock': COORDINATOR,
  'POST /reports/:group/export': COORDINATOR,
  'GET /reports/:group/:person/:period': REPORTS,
  'POST /reports/:group/:person/:period/approve': COORDINATOR,
  'POST /reports/:group/:person/:period/return': COORDINATOR,
  'POST /reports/:group/:person/:period/extend': COORDINATOR,
  'POST /reports/:group/:person/:period/lock': COORDINATOR,
  'POST /reports/:group/:person/:period/unlock': COORDINATOR,
  'GET /sessions': CLOSING,
  'GET /sessions/:session': CLOSING,
  'GET /sessions/:session/screen': CLOSING,
  'GET /sessions/:session/roster.pdf': CLOSING,
  'POST /sessions/:session/mark': CLOSING,
  'POST /sessions/:session/everybody': CLOSING,
  'POST /sessions/:session/welcome': CLOSING,
  'POST /sessions/:session/guest': CLOSING,
  'POST /sessions/:session/close': CLOSING,
  'GET /feedback': COORDINATOR,
  'GET /feedback/:group': COORDINATOR,
  'POST /feedback/:group/export': COORDINATOR,
}

let desk: OpenDesk
const people = new Map<Who, Browser>()
let code: string

beforeAll(async () => {
  desk = await openDesk()
  code = await (await newClient(desk)).asksForHuman()
  people.set('nobody', newBrowser(desk))
  for (const role of STAFF_ROLES) people.set(role, await signIn(desk, { role }))
  const gone = await signIn(desk)
  await desk.store.db.staff.update({ where: { id: gone.staff.id }, data: { disabledAt: desk.clock() } })
  people.set('disabled', gone)
})
afterAll(() => desk.end())

it('S31 has a line for every route', () => {
  expect(Object.keys(TABLE).sort()).toEqual(STAFF_ROUTES.map(({ method, url }) => `${method} ${url}`).sort())
})

/** The first never ends; the others end the sessions that the rest is asked with. */
const BY_THEMSELVES = ['/events', '/sign-out', '/breach/sessions']

describe.each(STAFF_ROUTES.filter(({ url }) => !BY_THEMSELVES.includes(url)))('$method $url', ({ method, url }) => {
  it.each(WHO)('S31 for %s', async (who) => {
    const browser = people.get(who)
    if (!browser) throw new Error(who)
    const path = `/desk${url}`.replace(':code', code).replace(/:\w+/, randomUUID()).replace(/\/$/, '')
    const json = { accept: 'application/json' }
    const answer = await (method === 'GET'
      ? browser.get(path, json)
      : browser.post(path, { request: randomUUID(), text: 'words', outcome: 'answered', language: 'en' }, json))
    const verdict = answer.statusCode === 401 ? 'out' : answer.statusCode === 403 ? 'no' : 'in'
    expect(verdict, `${answer.statusCode} ${answer.body.slice(0, 80)}`).toBe(TABLE[`${method} ${url}`]?.[who])
  })
})

it('shows an administrator that people wait, and no way to their words', async () => {
  const page = (await people.get('administrator')?.get('/desk'))?.body ?? ''
  expect(page).toContain(code)
  expect(page).not.toContain(`/cases/${code}`)
  expect(page).not.toContain('/desk/next')
  const refused = await people.get('administrator')?.post(`/desk/cases/${code}/claim`)
  expect(refused?.body).toContain('Your role does not allow this.')
  expect(refused?.body).not.toContain('id="messages"')
})

it('shows an administrator no page with a client’s words, nor the way to one', async () => {
  const administrator = people.get('administrator')
  for (const path of ['/desk/me', '/desk/centres', '/desk/staff']) {
    const page = (await administrator?.get(path))?.body ?? ''
    expect(page).not.toContain('href="/desk/oversight"')
  }
  const consultant = (await people.get('consultant')?.get('/desk/me'))?.body ?? ''
  expect(consultant.match(/<nav class="rooms"[\s\S]*?<\/nav>/)?.[0].match(/href="[^"]*"/g)).toEqual([
    'href="/desk"',
    'href="/desk/me"',
  ])
})

it('S31 denies what stands in no table: an unknown role, an unknown page', async () => {
  expect(may({ role: 'cleaner' }, 'queue.see')).toBe(false)
  expect(may({ role: 'constructor' }, 'queue.see')).toBe(false)
  const me = await signIn(desk)
  await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { role: 'cleaner' } })
  expect((await me.get('/desk')).statusCode).toBe(403)
  expect((await me.get('/desk/cases')).statusCode).toBe(404)
  expect((await me.get('/desk/../desk/admin')).statusCode).toBe(404)
})

it('S31 checks the role also where no page stands before it', async () => {
  const [administrator] = await desk.store.db.staff.findMany({ where: { role: 'administrator' } })
  if (!administrator) throw new Error('no administrator')
  await expect(claim(desk.house, code, administrator)).rejects.toMatchObject({ code: 'notAllowed' })
})

it('lets a supervisor put back what a consultant holds, and a colleague not', async () => {
  const owner = await signIn(desk)
  const other = await signIn(desk)
  const held = await (await newClient(desk)).asksForHuman()
  await owner.post(`/desk/cases/${held}/claim`)
  expect((await other.post(`/desk/cases/${held}/release`)).statusCode).toBe(409)
  expect((await people.get('supervisor')?.post(`/desk/cases/${held}/release`))?.statusCode).toBe(303)
  expect(await desk.store.db.case.findUnique({ where: { code: held } })).toMatchObject({
    state: 'queued',
    ownerId: null,
  })
})

it('gives every role only actions that exist', () => {
  for (const role of STAFF_ROLES) for (const action of ACCESS[role]) expect(DESK_ACTIONS).toContain(action)
})

describe('a form from elsewhere', () => {
  const attempts: [string, Record<string, string>, Record<string, string>][] = [
    ['without our token', { csrf: '' }, {}],
    ['with a token of another session', { csrf: 'x'.repeat(43) }, {}],
    ['posted by another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['posted by a sister site', {}, { 'sec-fetch-site': 'same-site' }],
  ]
  it.each(attempts)('%s is refused', async (_, fields, headers) => {
    const me = await signIn(desk)
    const fresh = await (await newClient(desk)).asksForHuman()
    expect((await me.post(`/desk/cases/${fresh}/claim`, fields, headers)).statusCode).toBe(403)
    expect(await desk.store.db.case.findUnique({ where: { code: fresh } })).toMatchObject({ state: 'queued' })
  })

  it('is judged by its origin in an older browser, and refused when it says nothing at all', async () => {
    const me = await signIn(desk)
    const post = async (headers: Record<string, string>) =>
      desk.app.inject({
        method: 'POST',
        url: '/desk/next',
        payload: new URLSearchParams({ csrf: me.csrf() }).toString(),
        headers: { ...me.headers(), 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    await (await newClient(desk)).asksForHuman()
    expect((await post({ origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await post({})).statusCode).toBe(403)
    expect((await post({ origin: 'http://localhost' })).statusCode).toBe(303)
  })
})

it('tells every page to keep nothing, run nothing foreign, and be framed by nobody', async () => {
  const me = people.get('consultant')
  for (const answer of [
    await me?.get('/desk'),
    await me?.get(`/desk/cases/${code}`),
    await newBrowser(desk).get('/desk/sign-in'),
  ]) {
    const policy = String(answer?.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(answer?.headers['x-content-type-options']).toBe('nosniff')
    expect(answer?.headers['cache-control']).toBe('no-store')
    expect(answer?.body).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/)
  }
})

it('marks its cookies for https only when people come by https, under the path they come by', async () => {
  const secure = await openDesk({ publicUrl: 'https://centre.example/help' })
  try {
    const answer = await newBrowser(secure).get('/desk/sign-in')
    expect(String(answer.headers['set-cookie'])).toMatch(/Secure/)
    expect(String(answer.headers['set-cookie'])).toMatch(/Path=\/help\/desk/)
    expect(answer.body).toContain('action="/help/desk/sign-in"')
  } finally {
    await secure.end()
  }
})

it('S31 lets nobody sign the others out but those who look after the house', async () => {
  const statusFor = async (who: Browser) => {
    await who.get('/desk')
    return (await who.post('/desk/breach/sessions', {}, { accept: 'application/json' })).statusCode
  }
  expect(await statusFor(newBrowser(desk))).toBe(401)
  const expected: Record<StaffRole, number> = {
    consultant: 403,
    supervisor: 200,
    administrator: 200,
    coordinator: 403,
    trainer: 403,
  }
  for (const role of STAFF_ROLES) expect(await statusFor(await signIn(desk, { role })), role).toBe(expected[role])
})
