/** The acts of the case page over HTTP, as its forms send them. */
// Long: one house for all these stories: starting it takes longer than telling them.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OFFICE_HOURS } from '../../bot/desk/centres.js'
import { newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
  for (const [id, city] of [
    ['moscow', 'Moscow'],
    ['almaty', 'Almaty'],
  ])
    await desk.store.db.centre.create({
      data: {
        id: id ?? '',
        country: id === 'moscow' ? 'RU' : 'KZ',
        city: city ?? '',
        timeZone: 'Europe/Moscow',
        languages: ['ru', 'tg'],
        hours: OFFICE_HOURS,
      },
    })
})
afterAll(() => desk.end())

type Me = Awaited<ReturnType<typeof signIn>>

const work = async (me: Me, data: Record<string, unknown> = {}): Promise<Me> => {
  await desk.store.db.staff.update({
    where: { id: me.staff.id },
    data: { centreId: 'moscow', languages: ['ru', 'tg'], ...data },
  })
  return me
}
const colleague = async (data?: Record<string, unknown>) => work(await signIn(desk), data)
const rowOf = (code: string) => desk.store.db.case.findUniqueOrThrow({ where: { code } })
const once = () => ({ request: randomUUID() })

async function claimed() {
  const me = await colleague()
  const client = await newClient(desk)
  const code = await client.asksForHuman()
  await me.post(`/desk/cases/${code}/claim`)
  const on = (what: string, fields: Record<string, string> = {}) => me.post(`/desk/cases/${code}/${what}`, fields)
  const page = async () => (await me.get(`/desk/cases/${code}`)).body
  return { me, client, code, on, page }
}

describe('handing on', () => {
  it('offers, waits, and is accepted by whom it is for', async () => {
    const { me, code, on, page } = await claimed()
    const next = await colleague()
    const other = await colleague()
    expect(await page()).toContain(`value="s:${next.staff.id}"`)
    await on('offers', { to: `s:${next.staff.id}`, summary: 'canary-summary', ...once() })
    expect(await page()).toMatch(/Offered to Consultant \d+\. Waits for an answer until/)
    expect(await page()).toContain('offers/withdraw')
    expect((await other.get(`/desk/cases/${code}`)).body).not.toContain('offers/accept')
    expect((await other.post(`/desk/cases/${code}/offers/accept`)).statusCode).toBe(403)
    expect((await next.get('/desk')).body).toMatch(new RegExp(`group offered[\\s\\S]*?data-code="${code}"`))
    const theirs = (await next.get(`/desk/cases/${code}`)).body
    expect(theirs).toContain('offers you this case')
    expect(theirs).toContain('canary-summary')
    expect((await next.post(`/desk/cases/${code}/offers/accept`)).statusCode).toBe(303)
    expect((await rowOf(code)).ownerId).toBe(next.staff.id)
    expect((await me.reply(code, { text: 'mine still?' })).statusCode).toBe(409)
  })

  it('is declined or taken back, and the old owner has it still', async () => {
    const { me, code, on } = await claimed()
    const next = await colleague()
    await on('offers', { to: `s:${next.staff.id}`, summary: '', ...once() })
    expect((await next.post(`/desk/cases/${code}/offers/decline`)).headers.location).toBe('/desk')
    await on('offers', { to: `s:${next.staff.id}`, summary: '', ...once() })
    await on('offers/withdraw')
    expect((await next.post(`/desk/cases/${code}/offers/accept`)).statusCode).toBe(409)
    expect((await rowOf(code)).ownerId).toBe(me.staff.id)
  })

  it('S04 to another centre waits for the client’s word, and is nowhere to be seen there', async () => {
    const { code, on, page } = await claimed()
    const far = await colleague({ centreId: 'almaty' })
    await on('offers', { to: 'c:almaty', summary: 'canary-summary', ...once() })
    expect(await page()).toContain('The client is asked whether it may go to: Kazakhstan, Almaty')
    const answer = await far.get(`/desk/cases/${code}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toMatch(/canary|хозяин/)
    expect((await far.get('/desk')).body).not.toContain(code)
  })
})

describe('a case that is not theirs to see', () => {
  it('is for every act as if it were not there, and its file as well', async () => {
    const { code } = await claimed()
    const far = await colleague({ centreId: 'almaty' })
    for (const what of ['claim', 'release', 'offers/accept', 'call/number', 'reopen', 'guests'])
      expect((await far.post(`/desk/cases/${code}/${what}`)).statusCode, what).toBe(404)
    expect((await far.reply(code, { text: 'hello' })).json()).toMatchObject({ code: 'noCase' })
    expect((await far.post(`/desk/cases/${code}/notes`, { text: 'x', ...once() })).body).not.toContain('хозяин')
    expect((await far.get(`/desk/cases/${code}/files/${randomUUID()}`)).statusCode).toBe(404)
    expect(await desk.store.db.audit.count({ where: { staffId: far.staff.id, object: code } })).toBe(0)
  })

  it('S43 needs training: a supervisor sees that it waits, and not a word of it', async () => {
    const client = await newClient(desk)
    const code = await client.asksForHuman({ topic: 'trafficking-violence', said: 'canary-words' })
    const supervisor = await work(await signIn(desk, { role: 'supervisor' }))
    const page = (await supervisor.get('/desk')).body
    expect(page).toContain(code)
    expect(page).toContain('Only for trained colleagues')
    expect(page).not.toContain(`/cases/${code}`)
    expect((await supervisor.get(`/desk/cases/${code}`)).statusCode).toBe(404)
    expect((await (await colleague()).get('/desk')).body).not.toContain(code)
  })
})

describe('two cases of one person', () => {
  it('are merged under “More” by a code, and each page leads to the other', async () => {
    const { me, code, on, page } = await claimed()
    const other = await (await newClient(desk)).asksForHuman({ said: 'canary-other-chat' })
    const mine = (await rowOf(code)).id
    expect(await page()).toMatch(/class="menu more"[\s\S]*?Merge with another case[\s\S]*?name="other"/)
    expect(await page()).not.toContain('The same person')
    expect((await on('merge', { other: other.toLowerCase() })).headers.location).toBe(`/desk/cases/${code}`)
    expect(await rowOf(other)).toMatchObject({ state: 'closed', outcome: 'merged', mergedIntoId: mine })
    const here = /id="about"[\s\S]*?<\/section>/.exec(await page())?.[0]
    expect(here).toMatch(new RegExp(`The same person[\\s\\S]*href="/desk/cases/${other}"[\\s\\S]*canary-other-chat`))
    const there = (await me.get(`/desk/cases/${other}`)).body
    expect(there).toMatch(new RegExp(`The same person[\\s\\S]*href="/desk/cases/${code}"`))
    expect(there).toContain('goes on in another case')
    // Whoever reads what was asked there has read that case.
    const reader = await colleague()
    await reader.get(`/desk/cases/${code}`)
    const read = await desk.store.db.audit.findMany({ where: { staffId: reader.staff.id, action: 'case.read' } })
    expect(read.map(({ object }) => object)).toEqual([code, other])
  })

  it('are refused in words, and one that is not theirs to see as one that is not there', async () => {
    const { code, on } = await claimed()
    const far = await (await newClient(desk)).asksForHuman({ said: 'canary-far' })
    await desk.store.db.case.update({ where: { code: far }, data: { centreId: 'almaty' } })
    const [unseen, none] = [await on('merge', { other: far }), await on('merge', { other: 'ZZZ-ZZ' })]
    for (const answer of [unseen, none]) {
      expect(answer.statusCode).toBe(404)
      expect(answer.body).toContain('There is no such case.')
      expect(answer.body).not.toMatch(new RegExp(`${far}|canary-far`))
    }
    expect((await on('merge', { other: code })).body).toContain('Enter the code of the other one.')
    const done = await claimed()
    await done.on('close', { outcome: 'answered', contact: 'chat' })
    expect((await on('merge', { other: done.code })).body).toContain('Only open cases can be merged.')
    const reader = await colleague()
    expect((await reader.get(`/desk/cases/${code}`)).body).not.toContain('Merge with another case')
    expect((await reader.post(`/desk/cases/${code}/merge`, { other: code })).statusCode).toBe(422)
  })

  it('cannot be ended as merged by the form that closes a case', async () => {
    const { on, code } = await claimed()
    expect((await on('close', { outcome: 'merged', contact: 'chat' })).body).toContain('Choose how the case ended.')
    expect((await rowOf(code)).state).toBe('claimed')
  })
})

describe('answers that need not be typed', () => {
  it('stand in both languages side by side, and go out in the client’s', async () => {
    const { on, page, code } = await claimed()
    const body = await page()
    expect(body).toContain('ru-wages: all of it in en')
    expect(body).toContain('ru-wages: all of it in tg')
    await on('articles', { article: 'ru-wages', ...once() })
    expect(/id="messages"[\s\S]*?<\/ol>/.exec(await page())?.[0]).toContain('ru-wages: all of it in tg')
    expect((await on('articles', { article: 'nothing', ...once() })).body).toContain('not there any more')
    expect((await rowOf(code)).firstReplyAt).not.toBeNull()
  })

  it('are found by words', async () => {
    const { me, code } = await claimed()
    const found = (await me.get(`/desk/cases/${code}?find=permit`)).body
    expect(found).toContain('ru-permit: all of it in tg')
    expect(found).not.toContain('ru-wages: all of it')
    expect(found).toMatch(/id="with" open/)
  })

  it('are written once and sent with one press', async () => {
    const { me, on, page } = await claimed()
    await me.post('/desk/answers', { title: 'Greeting', language: 'tg', text: 'Салом, ман мушовир' })
    expect((await me.get('/desk/answers')).body).toContain('Greeting')
    const id = /name="answer" value="([^"]+)"/.exec(await page())?.[1] ?? ''
    await on('ready', { answer: id, ...once() })
    expect(/id="messages"[\s\S]*?<\/ol>/.exec(await page())?.[0]).toContain('Салом, ман мушовир')
    await me.post('/desk/answers/remove', { answer: id })
    expect((await me.get('/desk/answers')).body).not.toContain('Greeting')
  })
})

describe('a call', () => {
  it('S07 S30 shows the number in one answer that nobody keeps, counts each look, and forgets it after the call', async () => {
    const { me, code, page, on } = await claimed()
    const { id, personId } = await rowOf(code)
    const person = await desk.store.db.person.findUniqueOrThrow({ where: { id: personId } })
    const phone = desk.store.vault
      .drawer(personId, person.wrappedKey ?? new Uint8Array())
      .seal('call.phone', '+992 90 000 11 22')
    await desk.store.db.call.create({ data: { caseId: id, state: 'given', phone, askedById: me.staff.id } })
    expect(await page()).not.toContain('90 000')
    for (const _ of [1, 2]) {
      const shown = await on('call/number')
      expect(shown.body).toContain('+992 90 000 11 22')
      expect(shown.headers['cache-control']).toBe('no-store')
    }
    expect(await desk.store.db.audit.count({ where: { action: 'phone.shown', object: code } })).toBe(2)
    expect(await page()).not.toContain('90 000')
    const guest = await colleague()
    await on('guests', { colleague: `s:${guest.staff.id}` })
    expect((await guest.post(`/desk/cases/${code}/call/number`)).body).not.toContain('90 000')
    await on('call/made')
    expect((await on('call/number')).statusCode).toBe(409)
  })
})

describe('a contact card or a place that was shared', () => {
  it('S07 S30 is masked, shown to the claimer in one answer that nobody keeps, and each look is counted', async () => {
    const { me, code, page, on } = await claimed()
    const { id, personId, conversationId } = await rowOf(code)
    const person = await desk.store.db.person.findUniqueOrThrow({ where: { id: personId } })
    const drawer = desk.store.vault.drawer(personId, person.wrappedKey ?? new Uint8Array())
    const shares = (shared: 'phone' | 'location', value: string) =>
      desk.store.db.message.create({
        data: {
          ...{ conversationId, caseId: id, direction: 'in', author: 'client', state: 'received' },
          body: drawer.sealJson('message.body', { text: '', shared, value }),
        },
      })
    const [card, place] = [await shares('phone', '+992 90 111 22 33'), await shares('location', '55.75,37.62')]
    const hidden = await page()
    expect(hidden).toContain('Show (it is recorded)')
    for (const value of ['111 22 33', '55.75']) expect(hidden).not.toContain(value)
    for (const [message, value] of [
      [card, '+992 90 111 22 33'],
      [place, '55.75,37.62'],
    ] as const) {
      const shown = await on('shared', { message: String(message.id) })
      expect(shown.body).toContain(value)
      expect(shown.headers['cache-control']).toBe('no-store')
    }
    expect(
      await desk.store.db.audit.count({ where: { action: 'shared.shown', object: code, staffId: me.staff.id } }),
    ).toBe(2)
    expect(await page()).not.toContain('111 22 33')
  })

  it('S07 is shown to nobody but the claimer, and nothing else of a case is shown that way', async () => {
    const { code, on } = await claimed()
    const { id, personId, conversationId } = await rowOf(code)
    const person = await desk.store.db.person.findUniqueOrThrow({ where: { id: personId } })
    const drawer = desk.store.vault.drawer(personId, person.wrappedKey ?? new Uint8Array())
    const data = { conversationId, caseId: id, direction: 'in', author: 'client', state: 'received' }
    const says = (body: object) =>
      desk.store.db.message.create({ data: { ...data, body: drawer.sealJson('message.body', body) } })
    const [card, words] = [
      await says({ text: '', shared: 'phone', value: '+992 90 111 22 33' }),
      await says({ text: 'слова' }),
    ]
    const guest = await colleague()
    await on('guests', { colleague: `s:${guest.staff.id}` })
    const looked = await guest.post(`/desk/cases/${code}/shared`, { message: String(card.id) })
    expect(looked.body).not.toContain('111 22 33')
    expect((await guest.get(`/desk/cases/${code}`)).body).not.toContain('Show (it is recorded)')
    for (const message of [String(words.id), '0', 'x', '99999999999999999'])
      expect((await on('shared', { message })).statusCode).toBe(409)
    expect(await desk.store.db.audit.count({ where: { action: 'shared.shown', object: code } })).toBe(0)
  })
})

describe('a meeting', () => {
  it('is planned by the clock of the centre, stands on the page, and can be called off', async () => {
    const { on, page, code } = await claimed()
    const plan = { kind: 'meeting', at: '2026-11-23T14:30', place: 'Tverskaya 1, room 5' }
    expect((await on('meetings', { ...plan, ...once() })).statusCode).toBe(303)
    const [meeting] = await desk.store.db.appointment.findMany({ where: { caseId: (await rowOf(code)).id } })
    expect(meeting?.at.toISOString()).toBe('2026-11-23T11:30:00.000Z')
    expect(await page()).toContain('23 Nov 2026, 14:30')
    expect(await page()).toContain('Tverskaya 1, room 5')
    await on('meetings/cancel', { meeting: meeting?.id ?? '' })
    expect(await page()).not.toContain('Tverskaya 1, room 5</p>')
    for (const at of ['2026-11-01T10:00', 'tomorrow', ''])
      expect((await on('meetings', { ...plan, at, ...once() })).body).toContain('Choose a day and time')
    expect((await on('meetings', { ...plan, place: ' ', ...once() })).body).toContain('Write where the meeting is')
  })
})

describe('a pause for abuse', () => {
  it('is set for some days, and never for somebody in danger', async () => {
    const { on, page, client } = await claimed()
    await on('block', { days: '3' })
    expect(await desk.store.db.block.count({ where: { personId: client.personId } })).toBe(1)
    expect(await page()).toContain('Paused until')
    expect((await on('block', { days: '400' })).statusCode).toBe(422)
    const urgent = await claimed()
    await desk.store.db.case.update({ where: { code: urgent.code }, data: { urgency: 'urgent' } })
    expect((await urgent.on('block', { days: '1' })).body).toContain('Somebody in danger is never paused.')
  })
})

describe('what we know', () => {
  it('says who is there, by when somebody must answer, what was agreed, and how often they came', async () => {
    const { code, on, page, client } = await claimed()
    const guest = await colleague()
    await on('guests', { colleague: `s:${guest.staff.id}` })
    await desk.store.db.case.update({ where: { code }, data: { engagement: 3 } })
    const consent = { personId: client.personId, version: '1', language: 'tg', channel: 'telegram' }
    await desk.store.db.consent.create({ data: { ...consent, kind: 'case', given: true } })
    await desk.store.db.consent.create({ data: { ...consent, kind: 'phone', given: false } })
    const body = await page()
    expect(body).toContain('2 times')
    expect(body).toContain('due in')
    expect(body).toContain('a call: no')
    expect(body).toContain('to be helped here: yes')
    expect(body).toMatch(/Russia, Moscow · open now/)
    desk.forward(5 * 3_600_000)
    expect(await page()).toContain('overdue since')
    desk.forward(-5 * 3_600_000)
  })

  it('is closed with its kind of help, and opened again by one press', async () => {
    const { on, page, code } = await claimed()
    expect((await on('close', { outcome: 'met' })).body).toContain('Choose how the help was given.')
    await on('close', { outcome: 'met', contact: 'outreach' })
    expect(await page()).toContain('on outreach')
    const next = (await on('reopen')).headers.location
    expect(next).toMatch(/^\/desk\/cases\//)
    expect(next).not.toContain(code)
  })
})
