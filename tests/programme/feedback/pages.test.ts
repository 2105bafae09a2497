/** The page on which clients answer without an account, and what a coordinator sees of it. `SHOTS=folder` also keeps pictures. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invite } from '../../../bot/console/invitations.js'
import { chromiumPath, isWide, launchChromium } from '../../adapters/web/chromium.js'
import { type DeskHouse, signIn } from '../../console/desk-house.js'
import { type TestHouse, testHouse } from '../../house.js'
import { embeddedDatabase, SERVED, servedDatabase } from '../../store/databases.js'
import { newGroup, newWorker } from '../reports/world.js'
import { answered, codeOf, GOOD } from './world.js'

let house: TestHouse
let boss: Awaited<ReturnType<typeof signIn>>
let group: Awaited<ReturnType<typeof newGroup>>
let personId: string

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z', database: SERVED ? servedDatabase : embeddedDatabase })
  boss = await signIn({ ...house, clock: house.fake.now } as unknown as DeskHouse, { role: 'coordinator' })
})
afterAll(() => house.end())
beforeEach(async () => {
  group = await newGroup(house.store, { name: 'Brno 1' })
  personId = (await newWorker(house.store, group.id, { name: 'Olena' })).personId
})

let addresses = 0
/** Somebody's browser, which has no cookie of ours and no script. */
function browser(ip = `198.51.100.${++addresses}`) {
  const ask = async (method: 'GET' | 'POST', url: string, fields?: Record<string, string>) => {
    const answer = await house.app.inject({
      method,
      url,
      remoteAddress: ip,
      headers: { 'accept-language': 'tg,ru', ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(fields && { payload: new URLSearchParams(fields).toString() }),
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    return answer
  }
  return {
    get: (url: string) => ask('GET', url),
    post: (url: string, fields: Record<string, string>) => ask('POST', url, fields),
  }
}
const answersOf = async () => (await house.store.db.feedbackMonth.findFirst({ where: { personId } }))?.answers ?? 0
const pageOf = (month = '2026-11') => `/desk/feedback/${group.id}?month=${month}`

describe('the page of a code', () => {
  it('asks three questions in the reader’s language, takes them once, and works without script and cookie', async () => {
    const code = await codeOf(house, personId)
    const me = browser()
    const page = await me.get(`/f/${code.toLowerCase()}`)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('<html lang="tg">')
    expect(page.body).toContain('Ба шумо ёрӣ карданд?')
    expect(page.body).not.toMatch(/<script|style=|\son\w+="/)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    expect((await me.get(`/f/${code}?lang=uz`)).body).toContain('Sizga yordam berishdimi?')
    const half = await me.post(`/f/${code}?lang=en`, { helped: 'yes', line: 'good <b>words</b>' })
    expect(half.statusCode).toBe(422)
    expect(half.body).toContain('Please answer all three questions.')
    expect(half.body).toContain('good &lt;b&gt;words&lt;/b&gt;</textarea>')
    expect(half.body).toMatch(/name="helped" value="yes" required checked/)
    expect(await answersOf()).toBe(0)
    const done = await me.post(`/f/${code}?lang=en`, GOOD)
    expect(done.body).toContain('Thank you! Your answer has arrived.')
    expect(done.body).not.toContain('role="alert"')
    const again = await me.post(`/f/${code}?lang=en`, GOOD)
    expect(again.statusCode).toBe(410)
    expect(again.body).toContain('This link has been used already')
    expect(await answersOf()).toBe(1)
  })

  it('counts one of two who send at the same moment', async () => {
    const code = await codeOf(house, personId)
    const sent = await Promise.all([browser(), browser()].map((me) => me.post(`/f/${code}`, GOOD)))
    expect(sent.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410])
    expect(await answersOf()).toBe(1)
  })

  it('is told apart: old, wrong, typed from paper; and who guesses is slowed', async () => {
    const old = await codeOf(house, personId)
    house.fake.forward(14 * 24 * 3_600_000)
    expect((await browser().get(`/f/${old}?lang=en`)).body).toContain('This link is too old')
    const code = await codeOf(house, personId)
    const typed = await browser().post('/f?lang=en', { code: `${code.slice(0, 4)} - ${code.slice(4).toLowerCase()}` })
    expect(typed.headers.location).toBe(`/f/${code}?lang=en`)
    const guesser = browser()
    for (let n = 0; n < 6; n++) expect((await guesser.get(`/f/AAAACCC${n}`)).statusCode).toBe(404)
    const slowed = await guesser.post(`/f/${code}?lang=en`, GOOD)
    expect(slowed.statusCode).toBe(429)
    expect(slowed.body).toMatch(/Please try again in \d+ seconds/)
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
    expect((await browser().get(`/f/${code}`)).statusCode).toBe(200)
    expect(await answersOf()).toBe(0)
  })

  it('S38 says whom to call when the line is a cry for help', async () => {
    const line = 'Меня заперли, забрали паспорт, помогите'
    const done = await browser().post(`/f/${await codeOf(house, personId)}?lang=ru`, { ...GOOD, line })
    expect(done.statusCode).toBe(200)
    expect(done.body).toMatch(/role="alert">[^<]*112/)
  })

  it('tells in words when the database is away, and the code is still good', async () => {
    const code = await codeOf(house, personId)
    const { transaction } = house.store
    house.store.transaction = () => Promise.reject(new Error('away'))
    const failed = await browser().post(`/f/${code}?lang=en`, GOOD)
    house.store.transaction = transaction
    expect(failed.statusCode).toBe(503)
    expect(failed.body).toContain('nothing was lost')
    expect((await browser().post(`/f/${code}`, GOOD)).statusCode).toBe(200)
  })
})

describe('a coordinator', () => {
  const line = 'Das Wort einer Kundin'
  const withLine = async () =>
    browser().post(`/f/${await codeOf(house, personId)}`, { helped: 'no', respect: 'no', clear: 'no', line })

  it('S12 sees sums and lines from five answers on, and below only how many', async () => {
    house.fake.set(new Date('2026-11-10T09:00:00Z'))
    await answered(house, personId, GOOD, 3)
    await withLine()
    const few = (await boss.get(pageOf())).body
    expect(few).toContain('Olena')
    expect(few).toContain('4 answers · fewer than five')
    expect(few).not.toContain(line)
    expect(few).not.toContain('yes 3')
    await answered(house, personId, GOOD, 1)
    const { body } = await boss.get(pageOf())
    expect(body).toContain('yes 4 · partly 0 · no 1')
    expect(body).toContain(line)
    // The line stands with the group: nothing beside it says whose it is
    expect(body.indexOf(line)).toBeGreaterThan(body.lastIndexOf('Olena'))
    expect((await boss.get('/desk/feedback')).body).toContain('Brno 1')
    expect((await boss.get(pageOf('2026-10'))).body).toContain('0 answers')
    const audited = await house.store.db.audit.findMany({ where: { object: { startsWith: group.id } } })
    expect(audited.map(({ action }) => action).sort()).toEqual([
      'feedback.lines',
      'programme.names',
      'programme.names',
      'programme.names',
    ])
  })

  it('S12 does not see of a group what would tell of a worker with too few', async () => {
    const other = await newWorker(house.store, group.id, { name: 'Pavel' })
    await answered(house, personId, GOOD, 5)
    await answered(house, other.personId, { helped: 'no', respect: 'no', clear: 'no' }, 4)
    await answered(house, personId, GOOD, 1)
    const { body } = await boss.get(pageOf())
    expect(body).toContain('A group is shown without those of whom too little has come yet')
    expect(body).not.toMatch(/· no [1-9]/)
    expect(body).toContain('10 answers')
  })

  it('S12 S47 takes the numbers along, without a line, and it is recorded; not while a breach is looked into', async () => {
    await answered(house, personId, GOOD, 4)
    await withLine()
    await boss.get(pageOf())
    const url = `/desk/feedback/${group.id}/export`
    const { body, headers, statusCode } = await boss.post(url, { from: '2026-11', to: '2026-12' })
    expect(statusCode, body).toBe(200)
    expect(headers['content-disposition']).toBe('attachment; filename="feedback-2026-11-2026-12.csv"')
    const rows = body.trimEnd().split('\r\n')
    expect(rows[0]).toContain('"Was helped: yes";"Was helped: partly"')
    expect(rows[1]).toBe('"2026-11";"Olena";"5";"5";"4";"0";"1";"4";"0";"1";"0";"4";"1"')
    expect(rows[2]).toContain('"2026-11";"The whole group";"5";"5";"4"')
    expect(rows[3]).toBe('"2026-12";"Olena";"0";"";"";"";"";"";"";"";"";"";""')
    expect(body).not.toContain(line)
    expect(await house.store.db.audit.count({ where: { action: 'feedback.export' } })).toBe(1)
    expect((await boss.post(url, { from: '2026-13', to: '2026-12' })).statusCode).toBe(422)
    await house.store.db.breach.create({
      data: { at: house.fake.now(), byId: boss.staff.id, words: house.store.vault.house.seal('breach.words', 'x') },
    })
    expect((await boss.post(url, { from: '2026-11', to: '2026-11' })).statusCode).toBe(409)
  })
})

describe.runIf(chromiumPath)('in a browser without a script', () => {
  const SHOTS = process.env.SHOTS
  let chromium: Browser
  let origin: string
  const faults: string[] = []
  beforeAll(async () => {
    origin = await house.app.listen({ port: 0, host: '127.0.0.1' })
    chromium = await launchChromium()
  })
  afterAll(() => chromium?.close())

  const open = async (width: number): Promise<Page> => {
    const context = await chromium.newContext({
      locale: 'uz',
      viewport: { width, height: 800 },
      javaScriptEnabled: false,
    })
    const page = await context.newPage()
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text())
    })
    return page
  }
  const shot = async (page: Page, name: string) => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
  }

  it('a client answers on a telephone', async () => {
    const code = await codeOf(house, personId)
    const page = await open(360)
    await page.goto(`${origin}/f`)
    await page.fill('#code', `${code.slice(0, 4)}-${code.slice(4)}`)
    await shot(page, 'code')
    await page.getByRole('button').click()
    for (const [nth, word] of ['Ha', 'Qisman', 'Yoʻq'].entries())
      await page.locator('fieldset').nth(nth).getByLabel(word, { exact: true }).check()
    await page.fill('textarea', 'Yaxshi edi')
    await shot(page, 'questions')
    expect(await isWide(page)).toBe(false)
    await page.getByRole('button').click()
    expect(await page.textContent('h1')).toBe('Rahmat! Javobingiz yetib keldi.')
    await shot(page, 'thanks')
    expect(await page.context().cookies()).toEqual([])
    expect(await answersOf()).toBe(1)
  })

  it('a coordinator reads the sums', async () => {
    await answered(house, personId, GOOD, 6)
    const other = await newWorker(house.store, group.id, { name: 'Kateřina Nováková-Svobodová' })
    await answered(house, other.personId, GOOD, 2)
    const token = await invite(house.store, { role: 'coordinator', language: 'cs', now: house.fake.now() })
    const page = await open(360)
    await page.goto(`${origin}/desk/sign-in`)
    await page.fill('#code', token)
    await page.press('#code', 'Enter')
    await page.goto(`${origin}${pageOf(house.fake.now().toISOString().slice(0, 7))}`)
    expect(await page.textContent('main')).toContain('6 odpovědí · Ukázáno: 5')
    expect(await isWide(page)).toBe(false)
    await shot(page, 'coordinator')
    await page.setViewportSize({ width: 1280, height: 800 })
    await shot(page, 'coordinator-wide')
  })

  it('nothing was wrong on the way', () => {
    // The door leads to the cases, which are none of a coordinator's
    expect(faults.filter((fault) => !/403/.test(fault))).toEqual([])
  })
})
