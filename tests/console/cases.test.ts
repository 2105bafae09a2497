/** The desk's cases over HTTP: seen, taken, answered, closed. */
// Long: one house for all these stories: starting it takes longer than telling them.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { brokenLink } from '../../bot/desk/audit.js'
import { emptied, past } from '../store/databases.js'
import { newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
})
beforeEach(async () => {
  await emptied(desk.store, 'truncate person, staff, invitation, session, audit, receipt restart identity cascade')
})
afterAll(() => desk.end())

const MINUTE = 60_000
type Me = Awaited<ReturnType<typeof signIn>>

const caseOf = (code: string) => desk.store.db.case.findUniqueOrThrow({ where: { code } })
const messagesOf = async (code: string) => {
  const { id } = await caseOf(code)
  return desk.store.db.message.findMany({ where: { caseId: id }, orderBy: { id: 'asc' } })
}
const codesIn = (page: string, group: string) => {
  const part = new RegExp(`class="group ${group}"[\\s\\S]*?</(section|details)>`).exec(page)?.[0] ?? ''
  return [...part.matchAll(/data-code="([^"]+)"/g)].map(([, code]) => code)
}

describe('the queue', () => {
  it('puts who is in danger first, then who waits longest', async () => {
    const me = await signIn(desk)
    const first = await (await newClient(desk)).asksForHuman()
    desk.forward(MINUTE)
    const second = await (await newClient(desk)).asksForHuman()
    desk.forward(MINUTE)
    const urgent = await (await newClient(desk)).asksForHuman({ urgency: 'urgent', danger: 'violence' })
    expect(codesIn((await me.get('/desk')).body, 'waiting')).toEqual([urgent, first, second])
  })

  it('shows what is with me, with colleagues, and what was closed, each apart', async () => {
    const me = await signIn(desk)
    const colleague = await signIn(desk)
    const [mine = '', theirs = '', over = ''] = [
      await (await newClient(desk)).asksForHuman(),
      await (await newClient(desk)).asksForHuman(),
      await (await newClient(desk)).asksForHuman(),
    ]
    await me.post(`/desk/cases/${mine}/claim`)
    await colleague.post(`/desk/cases/${theirs}/claim`)
    await me.post(`/desk/cases/${over}/claim`)
    await me.post(`/desk/cases/${over}/close`, { outcome: 'answered', contact: 'chat' })
    const page = (await me.get('/desk')).body
    expect(codesIn(page, 'waiting')).toEqual([])
    expect(codesIn(page, 'mine')).toEqual([mine])
    expect(codesIn(page, 'others')).toEqual([theirs])
    expect(codesIn(page, 'closed')).toEqual([over])
    expect(page).toContain('Consultant 2')
  })

  it.each([
    ['suicide', null, 'Crisis'],
    ['violence', null, 'Safety'],
    ['trafficking', 'trafficking-violence', 'Safety'],
    ['detention', null, 'Detention'],
    ['medical', null, 'Health emergency'],
    ['child', null, 'Child'],
    ['sos', 'employment-rights', 'SOS · Wages and rights at work'],
    [undefined, 'other', 'Other question'],
    [undefined, undefined, 'No topic yet'],
  ])('says of %s, %s in the queue: %s', async (danger, topic, label) => {
    const me = await signIn(desk)
    const skills = ['social', 'safeguarding', 'trafficking']
    await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { skills } })
    const code = await (await newClient(desk)).asksForHuman({ danger, topic: topic ?? undefined })
    const row = (await me.get('/desk')).body.split('<li ').find((each) => each.includes(`data-code="${code}"`))
    expect(row).toContain(`<span class="topic">${label}</span>`)
  })

  it('S43 never names a danger, nor a topic that tells of one', async () => {
    const me = await signIn(desk)
    await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { skills: ['trafficking'] } })
    const about = { urgency: 'urgent', danger: 'canary-danger', topic: 'trafficking-violence' } as const
    const code = await (await newClient(desk)).asksForHuman(about)
    for (const page of [(await me.get('/desk')).body, (await me.get(`/desk/cases/${code}`)).body]) {
      expect(page).toContain('Urgent')
      expect(page).toContain('Safety')
      expect(page).not.toMatch(/canary-danger|trafficking|violence/i)
    }
  })

  it('keeps the place of a case that is put back while its client still waits', async () => {
    const me = await signIn(desk)
    const early = await (await newClient(desk)).asksForHuman()
    desk.forward(MINUTE)
    const late = await (await newClient(desk)).asksForHuman()
    await me.post(`/desk/cases/${early}/claim`)
    await me.post(`/desk/cases/${early}/release`)
    expect(codesIn((await me.get('/desk')).body, 'waiting')).toEqual([early, late])
  })
})

describe('taking a case', () => {
  it('lets one of twenty have it, and tells the others who', async () => {
    const code = await (await newClient(desk)).asksForHuman()
    const staff: Me[] = []
    for (let n = 0; n < 20; n++) staff.push(await signIn(desk))
    const answers = await Promise.all(staff.map((me) => me.post(`/desk/cases/${code}/claim`)))
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1)
    const owner = await desk.store.db.staff.findUniqueOrThrow({ where: { id: (await caseOf(code)).ownerId ?? '' } })
    const lost = answers.filter(({ statusCode }) => statusCode === 409)
    expect(lost).toHaveLength(19)
    const name = `Consultant ${owner.alias.split('-')[1]}`
    for (const { body } of lost) expect(body).toContain(`${name} has this case now.`)
    // The client is told once that somebody is there.
    expect((await messagesOf(code)).filter(({ author }) => author === 'bot')).toHaveLength(1)
  })

  it('gives everybody who asks for the next one a case of their own, the most urgent first', async () => {
    const codes = new Set<string>()
    for (let n = 0; n < 5; n++) {
      codes.add(await (await newClient(desk)).asksForHuman())
      desk.forward(MINUTE)
    }
    const urgent = await (await newClient(desk)).asksForHuman({ urgency: 'urgent' })
    const me = await signIn(desk)
    expect((await me.post('/desk/next')).headers.location).toBe(`/desk/cases/${urgent}`)

    const staff: Me[] = []
    for (let n = 0; n < 6; n++) staff.push(await signIn(desk))
    const answers = await Promise.all(staff.map((each) => each.post('/desk/next')))
    const given = answers.flatMap(({ headers }) => headers.location?.split('/').at(-1) ?? [])
    expect(new Set(given)).toEqual(codes)
    const [none] = answers.filter(({ statusCode }) => statusCode !== 303)
    expect(none?.statusCode).toBe(409)
    expect(none?.body).toContain('Nobody is waiting now.')
  })

  it('pressed twice changes nothing', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    for (const _ of [1, 2]) expect((await me.post(`/desk/cases/${code}/claim`)).statusCode).toBe(303)
    expect((await messagesOf(code)).filter(({ author }) => author === 'bot')).toHaveLength(1)
  })
})

describe('an answer', () => {
  it('goes to the client once, however often its request comes', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    const request = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => me.reply(code, { text: 'Salom!', request })))
    answers.push(await me.reply(code, { text: 'Salom!', request }))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    const sent = (await messagesOf(code)).filter(({ author }) => author === 'staff')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ direction: 'out', state: 'due', staffId: me.staff.id })
    expect((await caseOf(code)).waitingSince).toBeNull()
  })

  it('repeated after the case was closed is still the answer that went', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    const request = randomUUID()
    await me.reply(code, { text: 'Salom!', request })
    await me.post(`/desk/cases/${code}/close`, { outcome: 'answered', contact: 'chat' })
    expect((await me.reply(code, { text: 'Salom!', request })).statusCode).toBe(200)
    expect((await me.reply(code, { text: 'More' })).statusCode).toBe(409)
  })

  it('needs the case, and says who has it', async () => {
    const me = await signIn(desk)
    const colleague = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    const unclaimed = await me.reply(code, { text: 'hello' })
    expect(unclaimed.json()).toEqual({ code: 'notClaimed', error: 'Nobody has this case. Take it first.' })
    await colleague.post(`/desk/cases/${code}/claim`)
    expect((await me.reply(code, { text: 'hello' })).json()).toMatchObject({ error: 'Consultant 2 has this case now.' })
    expect((await messagesOf(code)).filter(({ author }) => author === 'staff')).toEqual([])
  })

  it('that is empty, endless or without an id is refused in words', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    expect((await me.reply(code, { text: ' \u0000 ' })).json()).toMatchObject({ code: 'emptyReply' })
    expect((await me.reply(code, { text: 'я'.repeat(8001) })).json()).toMatchObject({ code: 'tooLong' })
    expect((await me.reply(code, { text: 'hello', request: 'x' })).json()).toMatchObject({ code: 'badRequest' })
  })

  it('refused without a script comes back with what was written', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    const answer = await me.post(`/desk/cases/${code}/notes`, { text: 'long thought', request: 'not an id' })
    expect(answer.statusCode).toBe(422)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toContain('>long thought</textarea>')
  })

  it('loses control characters and keeps everything else', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    await me.reply(code, { text: 'one\r\n\u0000two\t<b>&\u202Ethree' })
    expect((await me.get(`/desk/cases/${code}`)).body).toContain('one\ntwo\t&lt;b&gt;&amp;\u202Ethree')
  })
})

describe('a note', () => {
  it('is kept with the case, and never becomes a message', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    const before = await desk.store.db.message.count()
    const request = randomUUID()
    for (const _ of [1, 2]) await me.post(`/desk/cases/${code}/notes`, { text: 'canary-note', request })
    expect(await desk.store.db.message.count()).toBe(before)
    expect(await desk.store.db.note.count()).toBe(1)
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(/id="note-list"[\s\S]*?<\/ol>/.exec(page)?.[0]).toContain('canary-note')
    expect(/id="messages"[\s\S]*?<\/ol>/.exec(page)?.[0]).not.toContain('canary-note')
  })

  it('S18 lies in the database only sealed', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    await me.post(`/desk/cases/${code}/notes`, { text: 'canary-note', request: randomUUID() })
    const [row] = await desk.store.db.note.findMany()
    expect(Buffer.from(row?.body ?? []).toString('latin1')).not.toContain('canary-note')
  })
})

describe('the end of a case', () => {
  it('tells the client, gives the conversation back to the bot, and waits for stars', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    expect((await me.post(`/desk/cases/${code}/close`)).statusCode).toBe(422)
    expect((await me.post(`/desk/cases/${code}/close`, { outcome: 'whatever', contact: 'chat' })).statusCode).toBe(422)
    for (const _ of [1, 2])
      expect((await me.post(`/desk/cases/${code}/close`, { outcome: 'referred', contact: 'chat' })).statusCode).toBe(
        303,
      )
    expect(await caseOf(code)).toMatchObject({ state: 'closed', outcome: 'referred', waitingSince: null })
    const conversation = await desk.store.db.conversation.findUniqueOrThrow({ where: { id: client.conversationId } })
    expect(conversation).toMatchObject({ owner: 'bot', caseId: null })

    await desk.store.db.case.update({ where: { code }, data: { rating: 4 } })
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).toContain('★★★★☆')
    expect(page).toContain('4 of 5 stars')
    expect(page).toContain('referred to others')
  })

  it('finds no case once the client has deleted their data', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await desk.store.db.person.update({ where: { id: client.personId }, data: { wrappedKey: null } })
    const answer = await me.post(`/desk/cases/${code}/claim`)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('Perhaps the client deleted their data.')
  })
})

describe('what a consultant sees', () => {
  it('S05 S07 is a code and words, and never who the client is', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk, 'canary-chat-99887766')
    const code = await client.asksForHuman()
    await client.says({ text: '', shared: 'phone', value: '+79990001122' })
    await client.says({ text: '', shared: 'location', value: '55.7512,37.6184' })
    const pages = (await me.get(`/desk/cases/${code}`)).body + (await me.get('/desk')).body
    expect(pages).toContain('Shared a phone number (hidden)')
    expect(pages).toContain('Shared a place (hidden)')
    expect(pages).not.toMatch(/canary-chat|99887766|9990001122|55\.7512/)
    expect(pages).not.toContain(client.personId)
    expect(desk.logged.join()).not.toMatch(/canary|хозяин/)
  })

  it('tells what the bot learned, what became of each message, and what the client did', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman({ said: 'Хӯҷаин пул намедиҳад', city: 'Karlovy Vary', country: 'CZ' })
    await me.post(`/desk/cases/${code}/claim`)
    await me.reply(code, { text: 'First' })
    await me.reply(code, { text: 'Second' })
    await client.inTurn(async (turn) => turn.tell('cleared'))
    const sent = (await messagesOf(code)).filter(({ author }) => author === 'staff')
    await desk.store.db.message.update({ where: { id: sent[0]?.id ?? 0n }, data: { state: 'sent' } })
    await desk.store.db.message.update({
      where: { id: sent[1]?.id ?? 0n },
      data: { state: 'dead', error: 'TELEGRAM_403' },
    })
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).toMatch(/<blockquote[^>]*lang="tg"[^>]*>Хӯҷаин пул намедиҳад</)
    expect(page).toContain('ru-wages (en)')
    expect(page).toContain('Czechia, Karlovy Vary')
    expect((await (await signIn(desk, { language: 'ru' })).get('/desk')).body).toContain('Чехия, Карловы Вары')
    expect(page).toContain('✓ sent')
    expect(page).toContain('The client stopped the bot or deleted the chat.')
    expect(page).toContain('The client cleared the chat.')
  })

  it('says that nothing arrives when the client has left or cleared the chat', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    await desk.store.db.address.updateMany({ where: { personId: client.personId }, data: { state: 'quiet' } })
    expect((await me.get(`/desk/cases/${code}`)).body).toContain('waits until they write again')
    await desk.store.db.address.updateMany({ where: { personId: client.personId }, data: { state: 'blocked' } })
    expect((await me.get(`/desk/cases/${code}`)).body).toContain('Nothing reaches them')
  })

  it('changes its language at once, and stays in it', async () => {
    const me = await signIn(desk)
    await me.post('/desk/language', { language: 'cs' })
    const page = (await me.get('/desk')).body
    expect(page).toContain('<html lang="cs"')
    expect(page).toContain('Nikdo nečeká.')
    expect((await me.post('/desk/language', { language: 'tlh' })).statusCode).toBe(422)
  })
})

describe('the trace', () => {
  it('S30 holds every opening and every act, without their content, in an unbroken chain', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    await me.get(`/desk/cases/${code}`)
    await me.get(`/desk/cases/${code}`)
    // The page's own refreshing is not another opening.
    await me.get(`/desk/cases/${code}`, { 'x-desk-refresh': '1' })
    await me.post(`/desk/cases/${code}/claim`)
    await me.reply(code, { text: 'canary-words' })
    await me.post(`/desk/cases/${code}/notes`, { text: 'canary-words', request: randomUUID() })
    await me.post(`/desk/cases/${code}/release`)
    const rows = await desk.store.db.audit.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(({ action }) => action)).toEqual([
      'invite',
      'sign-in',
      'case.read',
      'case.read',
      'case.claim',
      'case.reply',
      'case.note',
      'case.release',
    ])
    expect(rows.slice(2).every((row) => row.object === code && row.staffId === me.staff.id)).toBe(true)
    expect(await brokenLink(desk.store)).toBeUndefined()
  })

  it('has an opening of its own for a page that asks without having been opened', async () => {
    const me = await signIn(desk)
    const code = await (await newClient(desk)).asksForHuman()
    await me.get(`/desk/cases/${code}`, { 'x-desk-refresh': '1' })
    expect(await desk.store.db.audit.count({ where: { action: 'case.read' } })).toBe(1)
    desk.forward(11 * MINUTE)
    await me.get(`/desk/cases/${code}`, { 'x-desk-refresh': '1' })
    expect(await desk.store.db.audit.count({ where: { action: 'case.read' } })).toBe(2)
  })

  it('S30 shows that a row was changed, or taken away', async () => {
    const me = await signIn(desk)
    for (let n = 0; n < 12; n++) await me.get(`/desk/cases/${await (await newClient(desk)).asksForHuman()}`)
    expect(await brokenLink(desk.store)).toBeUndefined()
    const [, , third, fourth] = await desk.store.db.audit.findMany({ orderBy: { id: 'asc' } })
    const spoil = (statement: string, values: unknown[]) => past(desk.store, statement, values)
    await spoil('update audit set object = $2 where id = $1::bigint', [third?.id, 'another'])
    expect(await brokenLink(desk.store)).toBe(String(third?.id))
    await spoil('delete from audit where id = $1::bigint', [third?.id])
    expect(await brokenLink(desk.store)).toBe(String(fourth?.id))
  })
})
