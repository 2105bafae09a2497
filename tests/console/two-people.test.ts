/** What needs two people, as the desk shows it; and the button for a breach. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv } from '../../bot/console/csv.js'
import { type Browser, newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

type Me = Awaited<ReturnType<typeof signIn>>

let desk: OpenDesk
let consultant: Me
let supervisor: Me
let second: Me
let administrator: Me
beforeAll(async () => {
  desk = await openDesk()
  consultant = await signIn(desk)
  supervisor = await signIn(desk, { role: 'supervisor' })
  second = await signIn(desk, { role: 'supervisor' })
  administrator = await signIn(desk, { role: 'administrator' })
})
afterAll(() => desk.end())

const page = async (who: Browser, path: string) => (await who.get(path)).body
/** What the first question that waits is answered with. */
async function presses(who: Browser, what: 'approve' | 'refuse' | 'download') {
  const [path] = new RegExp(`/desk/approvals/[0-9a-f-]{36}/${what}`).exec(await page(who, '/desk/approvals')) ?? []
  if (!path) throw new Error(`Nothing to ${what} here.`)
  return who.post(path)
}

describe('who a client is', () => {
  it('S08 is asked for in the case, agreed to in its own room, and stands in one answer only', async () => {
    const client = await newClient(desk, `canary-${randomUUID()}`)
    const code = await client.asksForHuman()
    await consultant.post(`/desk/cases/${code}/claim`)
    expect(await page(consultant, `/desk/cases/${code}`)).toContain(`action="/desk/cases/${code}/reveal"`)
    expect(await page(supervisor, `/desk/cases/${code}`)).not.toContain(`action="/desk/cases/${code}/reveal"`)
    await consultant.post(`/desk/cases/${code}/reveal`, { reason: 'life', words: 'canary-reason' })
    expect(await page(consultant, `/desk/cases/${code}`)).toContain('A second person has been asked.')

    expect(await page(supervisor, '/desk')).toMatch(/Two people <span class="n">1<\/span>/)
    expect(await page(supervisor, '/desk/approvals')).toContain('canary-reason')
    expect(await page(administrator, '/desk/approvals'), 'not a word for who reads no cases').not.toContain(
      'canary-reason',
    )
    expect((await presses(supervisor, 'approve')).statusCode).toBe(303)

    const open = await page(consultant, `/desk/cases/${code}`)
    expect(open).toContain('Tell them that you looked, unless that puts them in danger.')
    expect(open).not.toContain(client.address)
    const shown = await consultant.post(`/desk/cases/${code}/reveal/look`)
    expect(shown.body).toContain(client.address)
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(await page(consultant, `/desk/cases/${code}`)).not.toContain(client.address)
    const other = await supervisor.post(`/desk/cases/${code}/reveal/look`)
    expect(other.statusCode).toBe(409)
    expect(other.body).not.toContain(client.address)
    expect(desk.logged.join()).not.toContain(client.address)
  })
})

describe('an export', () => {
  const ask = () =>
    supervisor.post('/desk/approvals/export', { from: '2026-11-01', to: '2026-11-30', reason: 'report', words: 'why' })

  it('S37 is a table for a spreadsheet that comes once', async () => {
    expect((await ask()).statusCode).toBe(303)
    expect(await page(supervisor, '/desk/approvals')).toContain('Asked by you')
    expect(await page(supervisor, '/desk/approvals')).not.toMatch(/approvals\/[0-9a-f-]{36}\/approve/)
    const again = await ask()
    expect(again.statusCode).toBe(409)
    expect(again.body, 'what was written stays').toContain('>why</textarea>')
    await presses(second, 'approve')
    const path = /\/desk\/approvals\/[0-9a-f-]{36}\/download/.exec(await page(supervisor, '/desk/approvals'))?.[0] ?? ''
    expect((await second.post(path)).statusCode).toBe(409)
    const file = await supervisor.post(path)
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.headers['content-disposition']).toBe('attachment; filename="cases-2026-11-01-2026-11-30.csv"')
    const [head, first] = file.body.split('\r\n')
    expect(head).toBe(
      '\uFEFF"Case";"Centre";"Country";"Language";"Topic";"Lawyer";"Opened";"Closed";"Outcome";"How the help was given"',
    )
    expect(first).toMatch(/^"[A-Z0-9]{3}-[A-Z0-9]{2}";"";"RU";"Tajik";/)
    expect((await supervisor.post(path)).statusCode).toBe(409)
  })

  it('runs nothing on the machine of whoever opens it', () => {
    const hostile = ['=1+1', '+1', '-1', '@a', '\tx', '\rx', 'a"b;c', null]
    expect(csv([hostile])).toBe(`\uFEFF"'=1+1";"'+1";"'-1";"'@a";"'\tx";"'\rx";"a""b;c";""\r\n`)
  })
})

describe('how long things are kept', () => {
  it('S37 is asked for by an administrator and agreed to by another', async () => {
    const asked = { name: 'message', days: '7', reason: 'safety', words: 'why' }
    expect((await administrator.post('/desk/approvals/lifetime', { ...asked, days: '300' })).statusCode).toBe(422)
    expect((await administrator.post('/desk/approvals/lifetime', asked)).statusCode).toBe(303)
    expect(await page(second, '/desk/approvals')).toContain('To keep for 7 days: Messages and files')
    await presses(second, 'approve')
    expect(await page(administrator, '/desk/approvals')).toContain('<td>30 days</td><td>7 days</td>')
  })
})

describe('a breach', () => {
  it('S47 stands on every page of those who can act until two people have lifted it', async () => {
    expect(await page(supervisor, '/desk/breach')).toContain('We may have had a breach')
    await supervisor.post('/desk/breach/plan', { plan: 'canary-plan: call the director' })
    expect((await supervisor.post('/desk/breach', { words: ' ' })).statusCode).toBe(422)
    expect((await supervisor.post('/desk/breach', { words: 'canary-laptop' })).statusCode).toBe(303)
    for (const who of [supervisor, second, administrator])
      for (const path of ['/desk', '/desk/me', '/desk/staff'])
        expect(await page(who, path), path).toContain('exports and reveals stand still')
    expect(await page(consultant, '/desk')).not.toContain('stand still')

    const open = await page(administrator, '/desk/breach')
    for (const words of ['canary-laptop', 'canary-plan', 'within 72 hours', 'new-key', '2026-11-23T09:00:00'])
      expect(open).toContain(words)
    const asked = { from: '2026-11-01', to: '2026-11-02', reason: 'report', words: 'why' }
    expect((await supervisor.post('/desk/approvals/export', asked)).body).toContain('A breach is being looked into.')

    await administrator.post('/desk/breach/lift', { reason: 'mended', words: 'found again' })
    expect(await page(administrator, '/desk/breach')).toContain('A second person has been asked whether it is over.')
    expect(await page(administrator, '/desk/approvals')).not.toMatch(/approvals\/[0-9a-f-]{36}\/approve/)
    await presses(supervisor, 'approve')
    expect(await page(supervisor, '/desk')).not.toContain('stand still')
    expect(await page(supervisor, '/desk/breach')).toContain('action="/desk/breach"')
  })

  it('S47 signs everybody else out at once', async () => {
    expect((await second.get('/desk')).statusCode).toBe(200)
    await supervisor.post('/desk/breach/sessions')
    expect((await second.get('/desk')).statusCode).toBe(303)
    expect((await supervisor.get('/desk')).statusCode).toBe(200)
  })
})
