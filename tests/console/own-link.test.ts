/** A colleague asks the bot for the way to the desk: in their own chat only, for one browser, once, and not for long (S36). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite, OWN_LINK_MINUTES } from '../../bot/console/invitations.js'
import { TOKEN_BITS } from '../../bot/console/tokens.js'
import type { Incoming, IncomingEvent, Outbound } from '../../bot/conversation/channel.js'
import { centre, client, colleague, group, placeOf, settle } from '../desk/places/staffroom.js'
import { type TestHouse, testHouse } from '../house.js'
import { CHROME, newBrowser } from './desk-house.js'

let house: TestHouse
let anna: Awaited<ReturnType<typeof colleague>>
beforeAll(async () => {
  house = await testHouse()
  await centre(house)
  anna = await colleague(house, 'consultant-1')
})
afterAll(() => house.end())

const LINK = /https?:\/\/\S+\/desk\/sign-in#([0-9a-f]{32})/
let n = 0

/** What the bot says at once to this, in somebody's own chat. */
async function answers(address: string, event: IncomingEvent, more: Partial<Incoming> = {}): Promise<Outbound[]> {
  const wire = more.channel === 'slack' ? house.slack : house.wire
  const before = wire.sent(address).length
  n++
  await house.conversation.ports.receive({
    channel: wire.name,
    address,
    updateKey: `own link ${n}`,
    ...(event.kind === 'button' ? {} : { messageKey: `own${n}` }),
    at: house.fake.now(),
    event,
    ...more,
  })
  await settle(house)
  return wire.sent(address).slice(before)
}
const desk: IncomingEvent = { kind: 'command', name: 'desk', argument: '' }
const button: IncomingEvent = { kind: 'button', data: 'go:desk' }
const tokenIn = (said: Outbound[]): string | undefined => said.map(({ text }) => LINK.exec(text)?.[1]).find(Boolean)
const browser = (ip?: string) => newBrowser(house, CHROME, ip)

describe('the link that a colleague gets from the bot', () => {
  it('S36 signs in the browser that opens it first, and no other one', async () => {
    const token = tokenIn(await answers(anna.account.telegram, desk)) ?? ''
    const mine = browser()
    expect((await mine.enter(token)).statusCode).toBe(303)
    expect((await mine.get('/desk')).body).toContain('Consultant 1')
    const second = await browser().enter(token)
    expect(second.statusCode).toBe(403)
    expect(second.body).toContain('used already')
  })

  it('S36 is there by the menu and by a word, and on Slack, where the own page has a button for it', async () => {
    const menu = (await answers(anna.account.telegram, { kind: 'command', name: 'duty', argument: '' })).at(-1)
    const entry = menu?.buttons?.flat().find(({ label }) => label === 'A link to the desk')
    expect(entry).toBeDefined()
    const pressed: IncomingEvent = { kind: 'button', data: entry && 'data' in entry ? entry.data : '' }
    expect(tokenIn(await answers(anna.account.telegram, pressed))).toBeDefined()
    expect(tokenIn(await answers(anna.account.telegram, { kind: 'text', text: 'link' }))).toBeDefined()
    expect(tokenIn(await answers(anna.account.slack, button, { channel: 'slack' }))).toBeDefined()
    const pages: Pick<Outbound, 'text' | 'buttons'>[] = []
    house.slack.showHome = async (_, page) => void pages.push(page)
    await answers(anna.account.slack, { kind: 'home' }, { channel: 'slack', sender: anna.account.slack })
    await answers('a guest', { kind: 'home' }, { channel: 'slack', sender: 'a guest' })
    expect(JSON.stringify(pages[0])).toContain('go:desk')
    expect(JSON.stringify(pages[1])).not.toContain('go:desk')
  })

  it('S36 ends after ten minutes, and as soon as there is a newer one', async () => {
    expect(OWN_LINK_MINUTES).toBe(10)
    const first = tokenIn(await answers(anna.account.telegram, desk)) ?? ''
    const late = tokenIn(await answers(anna.account.telegram, desk)) ?? ''
    expect((await browser('198.51.100.10').enter(first)).statusCode).toBe(403)
    house.fake.forward(OWN_LINK_MINUTES * 60_000)
    const answer = await browser('198.51.100.11').enter(late)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('too old')
  })

  it('S36 holds its secret behind the #, which no server is told, and says nothing telling in its first line', async () => {
    expect(TOKEN_BITS).toBeGreaterThanOrEqual(128)
    const [said] = await answers(anna.account.telegram, desk)
    const [first = ''] = said?.text.split('\n') ?? []
    expect(first).not.toMatch(/http|Rahnamo|case/i)
    const url = new URL(/https?:\/\/\S+/.exec(said?.text ?? '')?.[0] ?? '')
    expect(url.hash).toHaveLength(1 + TOKEN_BITS / 4)
    expect(`${url.pathname}${url.search}`).toBe('/desk/sign-in')
    expect(house.logged()).not.toContain(url.hash.slice(1))
    const kept = await house.store.sql('select * from invitation')
    expect(JSON.stringify(kept)).not.toContain(url.hash.slice(1))
  })

  it('S36 is said in no group, whoever asks there', async () => {
    await group(house, house.wire, '-100')
    await group(house, house.slack, 'C100')
    const me = await client(house, 'the client of a group')
    const code = await me.asksForHuman()
    await settle(house)
    for (const [wire, main] of [
      [house.wire, '-100'],
      [house.slack, 'C100'],
    ] as const)
      for (const address of [main, placeOf(wire, code)])
        for (const event of [desk, button, { kind: 'text', text: '/desk' } as const]) {
          const before = await house.store.db.invitation.count()
          const account = anna.account[wire.name as 'telegram' | 'slack']
          const said = await answers(address, event, { channel: wire.name, group: true, sender: account })
          expect(tokenIn(said)).toBeUndefined()
          expect(await house.store.db.invitation.count()).toBe(before)
        }
  })

  it('S36 is for colleagues: a client and a stranger get the ordinary answer, whatever they send', async () => {
    const me = await client(house, 'a curious client')
    const before = await house.store.db.invitation.count()
    await me.writes('/menu')
    const ordinary = me.hears().at(-1)?.text
    await me.writes('/desk')
    expect(me.hears().at(-1)?.text).toBe(ordinary)
    for (const event of [
      button,
      { kind: 'button', data: 'a:1:desk' } as const,
      { kind: 'button', data: 'to:duty:desk' } as const,
    ])
      expect(tokenIn(await answers(me.address, event))).toBeUndefined()
    expect(tokenIn(await answers('nobody whom we know', desk))).toBeUndefined()
    expect(tokenIn(await answers('nobody whom we know', button))).toBeUndefined()
    expect(await house.store.db.invitation.count()).toBe(before)
  })

  it('S36 is given to nobody who does not work here any more, and a link from before opens nothing', async () => {
    const gone = await colleague(house, 'consultant-2')
    const token = tokenIn(await answers(gone.account.telegram, desk)) ?? ''
    await house.store.db.staff.update({ where: { id: gone.id }, data: { disabledAt: house.fake.now() } })
    expect((await browser('198.51.100.20').enter(token)).statusCode).toBe(403)
    expect(tokenIn(await answers(gone.account.telegram, desk))).toBeUndefined()
    expect(tokenIn(await answers(gone.account.slack, button, { channel: 'slack' }))).toBeUndefined()
  })

  it('S36 is recorded: who asked, and who came', async () => {
    const acts = await house.store.db.audit.findMany({
      where: { staffId: anna.id, action: { in: ['invite', 'sign-in'] } },
    })
    expect(acts.map(({ object }) => object)).toContain('consultant-1')
    expect(new Set(acts.map(({ action }) => action))).toEqual(new Set(['invite', 'sign-in']))
    expect(await invite(house.store, { role: 'consultant', language: 'en', now: house.fake.now() })).toHaveLength(
      TOKEN_BITS / 4,
    )
  })
})
