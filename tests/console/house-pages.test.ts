/** The pages for whoever looks after the house, as plain forms: nothing here needs a script. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim } from '../../bot/desk/claiming.js'
import { newBrowser, newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'
import { closedCase, countWork, furnish } from './house-world.js'

let desk: OpenDesk
let world: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  desk = await openDesk()
  world = await furnish(desk)
})
afterAll(() => desk.end())

const boss = () => world.supervisor

describe('a centre', () => {
  it('has goals of its own, or those of the house', async () => {
    const goals = {
      'urgent.first': '5',
      'urgent.first.clock': 'wall',
      'urgent.next': '10',
      'urgent.next.clock': 'wall',
      'urgent.warn': '50',
      'normal.first': '1,5',
      'normal.first.clock': 'working',
      'normal.next': '4',
      'normal.next.clock': 'working',
      'normal.warn': '25',
    }
    const url = '/desk/centres/prague/goals'
    const read = async () => (await desk.store.db.centre.findUniqueOrThrow({ where: { id: 'prague' } })).goals
    await boss().post(url, { act: 'save', ...goals })
    expect(await read()).toMatchObject({ normal: { first: { minutes: 90, clock: 'working' } } })
    const refused = await boss().post(url, { act: 'save', ...goals, 'normal.warn': '100', 'urgent.first': '' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('A number between 1 and 99')
    await boss().post(url, { act: 'reset' })
    expect(await read()).toBeNull()
  })

  it('shows a code for a group once, with the steps to follow', async () => {
    const answer = await boss().post('/desk/centres/prague/groups', { channel: 'telegram', need: 'safeguarding' })
    const code = /<output>([A-Z0-9]{4}-[A-Z0-9]{4})<\/output>/.exec(answer.body)?.[1]
    expect(answer.body).toContain(`/connect ${code}`)
    expect(answer.body).toContain('Manage topics')
    expect((await boss().get('/desk/centres/prague')).body).not.toContain(String(code))
    const slack = await boss().post('/desk/centres/prague/groups', { channel: 'slack', need: '' })
    expect(slack.body).toMatch(/@Rahnamo connect [A-Z0-9]{4}-/)
    expect((await boss().post('/desk/centres/prague/groups', { channel: 'fax', need: '' })).statusCode).toBe(422)
  })

  it('is added, and taken out only when nothing hangs on it; the page says why not', async () => {
    expect((await boss().post('/desk/centres', { city: 'brno' })).headers.location).toBe(
      '/desk/centres/brno?done=added',
    )
    expect((await boss().post('/desk/centres', { city: 'brno' })).body).toContain('This centre is there already.')
    await boss().post('/desk/centres/brno/teams', { name: '<b>Team</b>' })
    const page = (await boss().get('/desk/centres/brno')).body
    expect(page).toContain('&lt;b&gt;Team&lt;/b&gt;')
    expect((await boss().post('/desk/centres/brno/remove')).body).toContain('Something still belongs to this centre')
    const team = await desk.store.db.team.findFirstOrThrow({ where: { centreId: 'brno' } })
    await boss().post(`/desk/teams/${team.id}`, { act: 'remove' })
    expect((await boss().post('/desk/centres/brno/remove')).headers.location).toBe('/desk/centres?done=removed')
    expect((await boss().get('/desk/centres/brno')).body).toContain('There is no such centre')
  })
})

describe('colleagues', () => {
  it('are invited with a link that opens once, and never above the role of whoever invites', async () => {
    const answer = await boss().post('/desk/staff', { role: 'consultant', language: 'cs', centre: 'prague' })
    const token = /sign-in#([0-9a-f]{32})/.exec(answer.body)?.[1] ?? ''
    const fresh = newBrowser(desk)
    expect((await fresh.enter(token)).statusCode).toBe(303)
    expect((await newBrowser(desk).enter(token)).statusCode).toBe(403)
    expect(await desk.store.db.staff.findFirst({ where: { centreId: 'prague' } })).toMatchObject({ language: 'cs' })
    expect((await boss().get('/desk/staff')).body).not.toContain(token)
    const raised = await boss().post('/desk/staff', { role: 'administrator', language: 'cs', centre: '' })
    expect(raised.statusCode).toBe(403)
    expect(await desk.store.db.staff.count({ where: { role: 'administrator' } })).toBe(0)
    const trace = await desk.store.db.audit.findFirst({ where: { action: 'invite' }, orderBy: { id: 'desc' } })
    expect(trace).toMatchObject({ staffId: boss().staff.id })
  })

  it('are changed; what is refused stays as it was typed', async () => {
    const member = (await signIn(desk)).staff
    const url = `/desk/staff/${member.id}`
    const fields = {
      role: 'consultant',
      centre: 'moscow',
      'skill.social': 'on',
      'skill.trafficking': 'on',
      'language.tg': 'on',
      capacity: '3',
      onCall: 'on',
      day: '2026-12-01',
    }
    expect((await boss().post(url, fields)).headers.location).toBe(`${url}?done=saved`)
    expect(await desk.store.db.staff.findUnique({ where: { id: member.id } })).toMatchObject({
      centreId: 'moscow',
      skills: ['social', 'trafficking'],
      languages: ['tg'],
      capacity: 3,
      onCall: true,
      // Midnight in Moscow
      awayUntil: new Date('2026-11-30T21:00:00Z'),
    })
    const refused = await boss().post(url, { ...fields, capacity: '99', day: '' })
    expect(refused.body).toContain('A number from 1 to 40 is needed.')
    expect(refused.body).toContain('value="99"')
    await boss().post(url, { ...fields, day: '', back: 'on' })
    expect(await desk.store.db.staff.findUnique({ where: { id: member.id } })).toMatchObject({ awayUntil: null })
  })
})

describe('oversight', () => {
  it('shows numbers, a picture, and people in the order of their names; never how fast one is', async () => {
    await countWork(desk, 6, {})
    await countWork(desk, 2, { language: 'uz' })
    const page = (await boss().get('/desk/oversight?period=days')).body
    expect(page).toContain('fewer than 5')
    expect(page).toContain('<svg viewBox="0 0 720 150"')
    const people = /<thead>([\s\S]*?)<\/thead>/.exec(page)?.[1] ?? ''
    expect([...people.matchAll(/<th>([^<]*)/g)].map(([, head]) => head)).toEqual([
      'Colleague',
      'Centre',
      'Now',
      'Cases',
    ])
    expect(page).not.toContain('style=')
  })

  it('hands on, and says on the page why not', async () => {
    const code = await (await newClient(desk)).asksForHuman({ language: 'tg' })
    const answer = await boss().post('/desk/oversight/reassign', { code, to: world.consultant.staff.id })
    expect(answer.headers.location).toBe('/desk/oversight?done=handed')
    const czech = (await signIn(desk)).staff
    await desk.store.db.staff.update({ where: { id: czech.id }, data: { languages: ['cs'] } })
    const refused = await boss().post('/desk/oversight/reassign', { code, to: czech.id })
    expect(refused.body).toContain('This colleague does not speak the client’s language.')
    expect((await boss().post('/desk/oversight/take', { code })).headers.location).toBe('/desk/oversight?done=taken')
  })

  it('S46 opens a case to its second reader without a name, with a trace, and keeps the mark as a note', async () => {
    const code = await closedCase(desk, world.consultant.staff, 'canary-second-reading')
    await desk.store.db.case.updateMany({ where: { state: 'closed', code: { not: code } }, data: { ownerId: null } })
    const drawn = await boss().post('/desk/oversight/sample')
    expect(drawn.headers.location).toBe(`/desk/oversight/sample/${code}`)
    const page = (await boss().get(`/desk/oversight/sample/${code}`)).body
    expect(page).toContain('canary-second-reading')
    expect(page.slice(page.indexOf('<main'))).not.toMatch(/Consultant \d/)
    const reads = { action: 'case.read', object: code, staffId: boss().staff.id }
    expect(await desk.store.db.audit.count({ where: reads })).toBe(1)
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? ''
    await boss().post(`/desk/oversight/sample/${code}`, { request, verdict: 'discuss' })
    expect(await desk.store.db.note.count({ where: { case: { code } } })).toBe(1)
  })
})

describe('one’s own page', () => {
  it('asks at the end of a shift, outside of every form, and takes no word of it', async () => {
    const me = await signIn(desk)
    await me.get('/desk/me')
    const answer = await me.post('/desk/me/away', { how: 'tomorrow' })
    const page = (await me.get(String(answer.headers.location))).body
    const outside = page.replace(/<form[\s\S]*?<\/form>/g, '')
    expect(outside).toContain('<textarea id="unload-words"')
    expect(outside).not.toMatch(/<textarea[^>]*name=/)
    expect(await desk.store.db.staff.findUnique({ where: { id: me.staff.id } })).toMatchObject({
      awayUntil: new Date('2026-11-20T23:00:00Z'),
    })
    const wrong = await me.post('/desk/me/away', { how: 'day', day: '2020-01-01' })
    expect(wrong.body).toContain('Choose a day that is still to come.')
    await me.post('/desk/me/here')
    expect((await me.get('/desk/me?done=here')).body).toContain('Good that you are here.')
  })

  it('ties a messenger with a code, by a link where the bot’s name is known', async () => {
    const me = await signIn(desk)
    await me.get('/desk/me')
    expect((await me.post('/desk/me/connect')).body).toMatch(/Write to the bot[\s\S]*\/connect [A-Z0-9]{4}-[A-Z0-9]{4}/)
    const account = await newClient(desk)
    await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { personId: account.personId } })
    expect((await me.get('/desk/me')).body).toContain('connected')
    await me.post('/desk/me/forget', { channel: 'telegram' })
    expect((await me.get('/desk/me')).body).toContain('None is connected yet.')
  })

  it('is for an administrator without a case: language and messengers', async () => {
    const admin = await signIn(desk, { role: 'administrator' })
    const page = (await admin.get('/desk/me')).body
    expect(page).not.toContain('/me/pause')
    expect(page).toContain('My messengers')
  })
})

it('tells a complaint to whom it is for, and says when the words are gone', async () => {
  const outside = await signIn(desk, { role: 'supervisor' })
  await desk.store.db.staff.update({ where: { id: outside.staff.id }, data: { centreId: 'prague' } })
  const client = await newClient(desk)
  const code = await client.asksForHuman({ language: 'tg' })
  await claim(desk.house, code, world.consultant.staff)
  const { id, wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: client.personId } })
  if (!wrappedKey) throw new Error('no key')
  const body = desk.store.vault.drawer(id, wrappedKey).seal('complaint.body', 'canary-rude')
  const about = { personId: id, aboutId: world.consultant.staff.id, caseCode: code, body, at: desk.clock() }
  const row = await desk.store.db.complaint.create({ data: about })
  const url = `/desk/complaints/${row.id}`
  expect((await outside.get('/desk/complaints')).body).not.toContain('canary-rude')
  expect((await outside.get(url)).body).toContain('canary-rude')
  await outside.post(`${url}/take`)
  expect((await outside.post(`${url}/close`)).headers.location).toBe(`${url}?done=closed`)
  await desk.store.db.person.delete({ where: { id } })
  expect((await outside.get(url)).body).toContain('The client has deleted their data.')
})
