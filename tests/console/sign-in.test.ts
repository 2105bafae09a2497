import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite, inviteAgain, inviteFirst } from '../../bot/console/invitations.js'
import { brokenLink } from '../../bot/desk/audit.js'
import { CHROME, newBrowser, type OpenDesk, openDesk, signIn } from './desk-house.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.end())

const MINUTE = 60_000
const link = (role: 'consultant' | 'supervisor' = 'consultant') =>
  invite(desk.store, { role, language: 'en', now: desk.clock() })

describe('a one-time link', () => {
  it('S36 opens the desk once, and says kindly what to do the second time', async () => {
    const token = await link()
    const browser = newBrowser(desk)
    const first = await browser.enter(token)
    expect(first.statusCode).toBe(303)
    expect(first.headers.location).toBe('/desk')
    expect((await browser.get('/desk')).statusCode).toBe(200)

    const second = await newBrowser(desk).enter(token)
    expect(second.statusCode).toBe(403)
    expect(second.body).toContain('already')
    expect(second.body).toContain('npm run rahnamo -- invite consultant')
  })

  it('S36 is used by one of two who open it at the same moment', async () => {
    const token = await link()
    const answers = await Promise.all([newBrowser(desk).enter(token), newBrowser(desk).enter(token)])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 403])
  })

  it('S36 ends after half an hour', async () => {
    const token = await link()
    desk.forward(31 * MINUTE)
    const answer = await newBrowser(desk).enter(token)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('too old')
  })

  it('works when it is pasted as a whole link, in capitals and with spaces around', async () => {
    const token = await link()
    expect(
      (await newBrowser(desk).enter(`  https://centre.example/desk/sign-in#${token.toUpperCase()} `)).statusCode,
    ).toBe(303)
  })

  it('is kept only as a hash', async () => {
    const token = await link()
    const rows = await desk.store.sql('select * from invitation')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('base64'))
  })

  it('can be made anew for the same person, and the older one then opens nothing', async () => {
    const me = await signIn(desk)
    const old = await inviteAgain(desk.store, { alias: me.staff.alias, now: desk.clock() })
    const fresh = await inviteAgain(desk.store, { alias: me.staff.alias, now: desk.clock() })
    expect((await newBrowser(desk).enter(old ?? '')).statusCode).toBe(403)
    const browser = newBrowser(desk)
    expect((await browser.enter(fresh ?? '')).statusCode).toBe(303)
    expect((await browser.get('/desk')).body).toContain(`Consultant ${me.staff.alias.split('-')[1]}`)
    expect(await inviteAgain(desk.store, { alias: 'consultant-999', now: desk.clock() })).toBeUndefined()
  })

  it('says its words in the language that the browser asks for', async () => {
    const answer = await newBrowser(desk).get('/desk/sign-in', { 'accept-language': 'cs-CZ,cs;q=0.9' })
    expect(answer.body).toContain('Přihlášení k pultu')
    expect(answer.body).toContain('<html lang="cs"')
  })

  it('greets whoever comes for the first time in their browser’s language, and then keeps the one they have', async () => {
    const browser = newBrowser(desk)
    await browser.enter(await link(), { 'accept-language': 'cs-CZ,cs;q=0.9' })
    const desktop = (await browser.get('/desk')).body
    expect(desktop).toContain('<html lang="cs"')
    const n = /Poradce (\d+)/.exec(desktop)?.[1]
    const fresh = await inviteAgain(desk.store, { alias: `consultant-${n}`, now: desk.clock() })
    const other = newBrowser(desk)
    await other.enter(fresh ?? '', { 'accept-language': 'uk' })
    expect((await other.get('/desk')).body).toContain('<html lang="cs"')
  })
})

describe('a session', () => {
  it('S36 opens nothing in another browser, even with its cookies', async () => {
    const me = await signIn(desk)
    const thief = newBrowser(desk, 'Mozilla/5.0 (Windows NT 10.0) Firefox/130')
    for (const [name, value] of me.jar) thief.jar.set(name, value)
    const answer = await thief.get('/desk')
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/desk/sign-in')

    const other = newBrowser(desk, CHROME)
    other.jar.set('desk_session', me.jar.get('desk_session') ?? '')
    expect((await other.get('/desk')).statusCode).toBe(303)
  })

  it('has a cookie that no script reads and no other site sends', async () => {
    const browser = newBrowser(desk)
    await browser.get('/desk/sign-in')
    const answer = await browser.post('/desk/sign-in', { code: await link() })
    const cookie = [answer.headers['set-cookie']].flat().find((each) => each?.startsWith('desk_session'))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).toMatch(/Path=\/desk/)
    expect(cookie).not.toMatch(/Secure/)
  })

  it('S36 lasts twelve hours after the last use, not after the first', async () => {
    const me = await signIn(desk)
    desk.forward(11 * 60 * MINUTE)
    expect((await me.get('/desk')).statusCode).toBe(200)
    desk.forward(11 * 60 * MINUTE)
    expect((await me.get('/desk')).statusCode).toBe(200)
    desk.forward(12 * 60 * MINUTE + 1)
    expect((await me.get('/desk')).statusCode).toBe(303)
  })

  it('S36 is not kept alive by a page that only refreshes itself', async () => {
    const me = await signIn(desk)
    for (let hour = 0; hour < 12; hour++) {
      desk.forward(60 * MINUTE)
      await me.get('/desk', { 'x-desk-refresh': '1' })
    }
    expect((await me.get('/desk', { 'x-desk-refresh': '1' })).statusCode).toBe(401)
  })

  it('S36 ends when its owner signs out', async () => {
    const me = await signIn(desk)
    const cookies = new Map(me.jar)
    expect((await me.post('/desk/sign-out')).headers.location).toBe('/desk/sign-in')
    for (const [name, value] of cookies) me.jar.set(name, value)
    expect((await me.get('/desk')).statusCode).toBe(303)
  })

  it('S36 ends when the staff row is disabled', async () => {
    const me = await signIn(desk)
    await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { disabledAt: desk.clock() } })
    expect((await me.get('/desk')).statusCode).toBe(303)
    expect((await me.post('/desk/next')).statusCode).toBe(303)
  })

  it('survives a link from a messenger, which arrives without the session cookie', async () => {
    const me = await signIn(desk)
    const session = me.jar.get('desk_session') ?? ''
    me.jar.delete('desk_session')
    await me.get('/desk')
    await me.get('/desk/sign-in')
    me.jar.set('desk_session', session)
    expect((await me.get('/desk')).statusCode).toBe(200)
  })
})

describe('guessing', () => {
  const wrong = 'f'.repeat(32)

  it('S36 is slowed down for one address, and for nobody else', async () => {
    const browser = newBrowser(desk, CHROME, '198.51.100.1')
    for (let n = 0; n < 6; n++) expect((await browser.enter(wrong)).statusCode).toBe(403)
    const slowed = await browser.enter(await link())
    expect(slowed.statusCode).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
    expect(slowed.body).toContain('Please wait')
    expect((await newBrowser(desk, CHROME, '198.51.100.2').enter(await link())).statusCode).toBe(303)
    desk.forward(61_000)
    expect((await browser.enter(await link())).statusCode).toBe(303)
  })

  it('counts a whole IPv6 network as one', async () => {
    for (let n = 0; n < 6; n++) await newBrowser(desk, CHROME, `2001:db8:1:2::${n}`).enter(wrong)
    expect((await newBrowser(desk, CHROME, '2001:db8:1:2:ffff::9').enter(wrong)).statusCode).toBe(429)
    expect((await newBrowser(desk, CHROME, '2001:db8:1:3::1').enter(wrong)).statusCode).toBe(403)
  })

  it('S36 from a thousand addresses leaves each one try, and never locks the staff out', async () => {
    desk.forward(60 * MINUTE)
    for (let n = 0; n < 60; n++) await newBrowser(desk, CHROME, `192.0.2.${n}`).enter(wrong)
    expect((await newBrowser(desk, CHROME, '192.0.2.1').enter(wrong)).statusCode).toBe(429)
    expect((await newBrowser(desk, CHROME, '192.0.2.200').enter(await link())).statusCode).toBe(303)
  })
})

describe('the first start', () => {
  it('gives a link until somebody has signed in, each time to the same first consultant', async () => {
    const empty = await openDesk()
    try {
      const first = await inviteFirst(empty.store, { language: 'ru', now: empty.clock() })
      const again = await inviteFirst(empty.store, { language: 'ru', now: empty.clock() })
      expect(await empty.store.db.staff.count()).toBe(1)
      expect(first).not.toBe(again)
      expect((await newBrowser(empty).enter(again ?? '')).statusCode).toBe(303)
      expect(await inviteFirst(empty.store, { language: 'ru', now: empty.clock() })).toBeUndefined()
    } finally {
      await empty.end()
    }
  })
})

it('S30 leaves an unbroken trace of who was invited and who came', async () => {
  expect(await brokenLink(desk.store)).toBeUndefined()
  const actions = await desk.store.db.audit.groupBy({ by: ['action'], _count: true })
  expect(actions.map(({ action }) => action).sort()).toEqual(['invite', 'sign-in', 'sign-out'])
})
