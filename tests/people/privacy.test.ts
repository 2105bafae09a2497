/** What a person can do about what we keep: see it, end it, erase it, clear the chat (S02, S03, S05, S15, S16, S18, S19, S22, S29). */
// Long: one house for all these stories: starting it takes longer than telling them.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ActionContext } from '../../bot/conversation/action.js'
import { NOTICE_VERSION } from '../../bot/conversation/notice.js'
import { claim } from '../../bot/desk/claiming.js'
import { caseMessages } from '../../bot/desk/reading.js'
import { reply } from '../../bot/desk/replies.js'
import { SealError } from '../../bot/store/vault.js'
import { LANGUAGES } from '../../bot/text/languages.js'
import { atAsk, atNotice, inHouse, rowsOf } from '../conversation/stories.js'
import type { person, TestHouse } from '../house.js'
import { everything, filesOf, shapesOf } from './everything.js'

const HOUR = 3_600_000

let turn = 0
/** Words that nobody else uses. */
const canary = () => `канарейка${++turn}жёлтая`

inHouse('what a person can do about what we keep', (house) => {
  const say = (key: string) => house().mind.words.say('ru', key)
  const photo = (ref: string, text?: string) => ({
    kind: 'files' as const,
    files: [{ kind: 'photo' as const, mime: 'image/jpeg', bytes: 10, name: `${ref}.jpg`, ref }],
    ...(text ? { text } : {}),
  })

  async function consultant() {
    const alias = `consultant-${crypto.randomUUID().slice(0, 8)}`
    return house().store.db.staff.create({ data: { alias, role: 'consultant' } })
  }

  /** Somebody whose case a consultant has taken and answered, with words and a photo both ways. */
  async function withConsultant(word: string) {
    const somebody = await atAsk(house())
    await somebody.writes(`${word} вопрос`)
    await somebody.writes('/human')
    await somebody.writes(`${word} для человека`)
    await somebody.does(photo(`${word}-фото`, `${word} подпись`))
    const { conversation } = await rowsOf(house(), somebody.address)
    const found = await house().store.db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    const staff = await consultant()
    await claim(house(), found.code, staff)
    await reply(house(), found.code, staff, { text: `${word} ответ`, requestId: crypto.randomUUID() })
    await somebody.settle()
    somebody.hears()
    return { somebody, found, staff }
  }

  const pressYes = async (somebody: ReturnType<typeof person>) => somebody.presses(say('common:yes'))

  it('S05 S18 S29 nothing they write, and no address, stands readable in any table, file or log', async () => {
    const word = canary()
    const { somebody } = await withConsultant(word)
    await somebody.does({ kind: 'phone', phone: '+79990001122', own: true })
    await somebody.does({ kind: 'location', latitude: 55.751244, longitude: 37.618423 })
    const all = await everything(house())
    for (const secret of [word, somebody.address, '79990001122', '55.751244'])
      for (const shape of shapesOf(secret)) expect(all.includes(shape), secret).toBe(false)
    const log = house().logged()
    for (const secret of [word, somebody.address, '79990001122', '55.751244']) expect(log).not.toContain(secret)
  })

  it('S15 /mydata gives a page with all that they said, were told, sent and agreed to, and nothing of others', async () => {
    const [mine, theirs] = [canary(), canary()]
    const { somebody, found } = await withConsultant(mine)
    await withConsultant(theirs)
    await somebody.writes('/mydata')
    const file = somebody.hears().find((message) => message.file)?.file
    const page = Buffer.from(file?.content ?? '').toString('utf8')
    for (const own of ['вопрос', 'для человека', 'подпись', 'ответ']) expect(page).toContain(`${mine} ${own}`)
    expect(page).toContain(`${mine}-фото.jpg`)
    expect(page).toContain(somebody.address)
    expect(page).toContain(found.code)
    expect(page).toContain('Москва')
    expect(page).not.toContain(theirs)
    expect(page).not.toMatch(/<script|https?:\/\//i)
  })

  it('S15 /mydata holds the content of their files, and all of it once more as data for machines', async () => {
    const word = canary()
    const { somebody, found } = await withConsultant(word)
    await somebody.writes('/mydata')
    const [page, record] = somebody.hears().flatMap(({ file }) => file ?? [])
    // The picture that the channel gives for whatever is asked
    const picture = Buffer.from((await house().wire.fetchFile?.('any')) ?? [])
    expect(Buffer.from(page?.content ?? '').toString()).toContain(
      `<img alt="" src="data:image/png;base64,${picture.toString('base64')}">`,
    )
    expect(page?.name).toMatch(/\.html$/)
    expect(record?.name).toMatch(/\.json$/)
    const data = JSON.parse(Buffer.from(record?.content ?? '').toString())
    expect(data.profile).toMatchObject({ language: 'ru', country: 'RU', city: 'Moscow' })
    expect(data.profile.addresses).toEqual([{ channel: 'telegram', address: somebody.address }])
    expect(data.cases.map(({ code }: { code: string }) => code)).toEqual([found.code])
    expect(data.messages.map(({ text }: { text: string }) => text)).toContain(`${word} ответ`)
    expect(data.consents[0]).toMatchObject({ given: true, version: NOTICE_VERSION, language: 'ru' })
    // A second page holds neither the first one nor its record
    await somebody.writes('/mydata')
    const [again] = somebody.hears().flatMap(({ file }) => file ?? [])
    expect(
      Buffer.from(again?.content ?? '')
        .toString()
        .split('base64,').length,
    ).toBe(2)
  })

  it('S15 /mydata sends a file that no page has room for after the page, whole, to them and nobody else', async () => {
    const { somebody } = await withConsultant(canary())
    const { person: row, drawer } = await rowsOf(house(), somebody.address)
    const large = new Uint8Array(13 * 1024 * 1024).fill(7)
    const id = crypto.randomUUID()
    await house().files.write(id, drawer, large)
    await house().store.db.file.create({
      data: {
        id,
        personId: row.id,
        kind: 'video',
        mime: 'video/mp4',
        bytes: large.length,
        name: drawer.seal('file.name', 'film.mp4'),
        channel: 'telegram',
        state: 'kept',
      },
    })
    await somebody.writes('/mydata')
    const [page, record, film] = somebody.hears().flatMap(({ file }) => file ?? [])
    const text = Buffer.from(page?.content ?? '').toString()
    expect(text).toContain('film.mp4')
    expect(text).toContain(say('privacy:page.filesHint'))
    expect(record?.mime).toBe('application/json')
    expect(film).toMatchObject({ name: 'film.mp4', kind: 'video' })
    expect(Buffer.compare(Buffer.from(film?.content ?? ''), Buffer.from(large))).toBe(0)
  })

  it.each(LANGUAGES)('S15 /mydata is written in %s', async (language) => {
    const somebody = await atAsk(house())
    const { person: row } = await rowsOf(house(), somebody.address)
    await house().store.db.person.update({ where: { id: row.id }, data: { language } })
    await somebody.writes('/mydata')
    const page = Buffer.from(somebody.hears().find((message) => message.file)?.file?.content ?? '').toString()
    const words = (key: string) => house().mind.words.say(language, key)
    expect(page).toContain(`<html lang="${language}">`)
    for (const key of ['title', 'profile', 'consents', 'messages', 'agreed', 'author.client'])
      expect(page).toContain(words(`privacy:page.${key}`).replaceAll("'", '&#39;'))
    expect(page).toContain(words('hotline:country.options.RU'))
  })

  /** Values sealed with this key, wherever they lie: the key's own mark stands at their head. */
  async function sealedWith(mark: string): Promise<number> {
    const files = filesOf(house()).map((path) => readFileSync(path).subarray(0, 5).toString('hex'))
    const rows = await everything(house())
    return rows.split(mark).length - 1 + files.filter((head) => head === mark).length
  }

  it('S15 /mydata holds a word of every kind that is kept, and after /erase no table, file or sealed value does', async () => {
    const word = canary()
    const { somebody, found, staff } = await withConsultant(word)
    const { db } = house().store
    const { person: me, drawer, messages } = await rowsOf(house(), somebody.address)
    const own = { caseId: found.id, staffId: staff.id }
    const kept = (kind: string, place: string) => drawer.seal(place, `${word} ${kind}`)
    await db.call.create({
      data: { caseId: found.id, askedById: staff.id, state: 'given', phone: kept('номер', 'call.phone') },
    })
    await db.appointment.create({
      data: { ...own, kind: 'meeting', at: house().fake.now(), place: kept('место', 'appointment.place') },
    })
    await db.note.create({ data: { ...own, body: kept('заметка', 'note.body') } })
    await db.complaint.create({ data: { personId: me.id, body: kept('жалоба', 'complaint.body') } })
    const summary = { question: `${word} суть`, shown: ['ru-wages'] }
    await db.case.update({
      where: { id: found.id },
      data: { summary: drawer.sealJson('case.summary', summary), outcome: 'referred' },
    })
    const answers = drawer.sealJson('draft.answers', { text: `${word} черновик` })
    await db.draft.create({ data: { personId: me.id, flow: 'report', answers, until: new Date('2100-01-01') } })
    await somebody.writes('/mydata')
    const file = somebody.hears().find((message) => message.file)?.file
    const page = Buffer.from(file?.content ?? '').toString('utf8')
    for (const kind of ['номер', 'место', 'жалоба', 'суть', 'черновик', 'вопрос', 'ответ'])
      expect(page).toContain(`${word} ${kind}`)
    for (const key of ['outcome.referred', 'meeting.planned']) expect(page).toContain(say(`privacy:page.${key}`))
    expect(page).toContain('ru-wages')
    // Their own working words are told of, not shown
    expect(page).not.toContain(`${word} заметка`)
    expect(page).toContain(house().mind.words.say('ru', 'privacy:page.notes', { count: 1 }))

    const sealed = messages.find(({ body }) => body)?.body ?? new Uint8Array()
    const mark = Buffer.from(sealed.subarray(0, 5)).toString('hex')
    expect(await sealedWith(mark)).toBeGreaterThan(15)
    await somebody.writes('/erase')
    await pressYes(somebody)
    expect(await sealedWith(mark)).toBe(0)
    const all = await everything(house())
    for (const shape of shapesOf(word)) expect(all.includes(shape)).toBe(false)
  })

  it('S10 a place that is shared is kept to about a kilometre, and the client is told so in one line', async () => {
    const { somebody, found } = await withConsultant(canary())
    await somebody.does({ kind: 'location', latitude: 55.751244, longitude: 37.618423 })
    expect(somebody.hears().map(({ text }) => text)).toEqual([say('common:roughPlace')])
    const { messages, drawer } = await rowsOf(house(), somebody.address)
    const bodies = messages.flatMap(({ body }) => (body ? drawer.openText('message.body', body) : [])).join()
    expect(bodies).toContain('55.75,37.62')
    expect(bodies).not.toContain('55.751')
    const shown = (await caseMessages(house().store, found.id)).at(-1)
    expect(shown).toMatchObject({ shared: null, text: say('common:roughPlace') })
  })

  it('S20 the self-clearing chat is offered only where the messenger can take messages away for a while alone', async () => {
    const { personId } = (await rowsOf(house(), (await atAsk(house())).address)).address
    const choices = house().mind.actions.get('people.privacyChoices')
    const offered = (channel: string, consent: boolean) =>
      choices?.run({}, {
        turn: {
          loaded: { channel, personId },
          consents: { case: { given: consent, version: NOTICE_VERSION, withdrawn: false } },
        },
      } as unknown as ActionContext)
    expect(await offered('telegram', true)).toEqual(['mydata', 'stop', 'erase', 'panic', 'word', 'clean', 'back'])
    expect(await offered('slack', true)).toEqual(['mydata', 'stop', 'erase', 'panic', 'word', 'back'])
    expect(await offered('telegram', false)).toEqual(['mydata', 'stop', 'erase', 'panic', 'clean', 'back'])
  })

  it('/mydata shows words that look like a page as words', async () => {
    const somebody = await atAsk(house())
    await somebody.writes('<script>alert(1)</script>')
    await somebody.writes('/mydata')
    const page = Buffer.from(somebody.hears().find((message) => message.file)?.file?.content ?? '').toString('utf8')
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('<script')
  })

  it('S15 S18 /erase leaves nothing that could be read, drops what waits, and makes old copies unreadable', async () => {
    const word = canary()
    const { somebody, found, staff } = await withConsultant(word)
    const before = await rowsOf(house(), somebody.address)
    const copy = before.messages.find(({ body, direction }) => body && direction === 'in')
    const copiedKey = new Uint8Array(before.person.wrappedKey ?? [])
    const fileCount = filesOf(house()).length
    await reply(house(), found.code, staff, { text: `${word} ещё не ушло`, requestId: crypto.randomUUID() })

    await somebody.receive({ kind: 'command', name: 'erase', argument: '' })
    // The question goes out; the consultant's words are still waiting when "yes" comes.
    const { conversation } = await rowsOf(house(), somebody.address)
    const position = await lastQuestion(house(), somebody.address)
    await somebody.receive({ kind: 'button', data: position })
    await somebody.settle()

    const heard = somebody.hears().map(({ text }) => text)
    expect(heard.some((text) => text.includes(word))).toBe(false)
    expect(heard.at(-1)).toBe(say('privacy:erased'))
    const after = await rowsOf(house(), somebody.address)
    expect(after.conversation.state).toBeNull()
    expect(after.person).toMatchObject({ language: null, country: null, city: null })
    const owned = { personId: before.person.id }
    const { db } = house().store
    expect(await db.case.count({ where: owned })).toBe(0)
    expect(await db.file.count({ where: owned })).toBe(0)
    expect(await db.consent.count({ where: owned })).toBe(0)
    expect(await db.draft.count({ where: owned })).toBe(0)
    expect(await db.message.count({ where: { conversationId: conversation.id, direction: 'in' } })).toBe(0)
    expect(filesOf(house()).length).toBeLessThan(fileCount)

    // A backup's copy of the row, with the key that the database has now.
    expect(() => after.drawer.open('message.body', copy?.body ?? new Uint8Array())).toThrow(SealError)
    expect(Buffer.from(after.person.wrappedKey ?? []).equals(copiedKey)).toBe(false)

    // They may begin again, as a stranger.
    await somebody.writes('привет')
    expect(somebody.hears()).toHaveLength(1)
    expect((await rowsOf(house(), somebody.address)).person.language).toBeNull()
  })

  it('S16 /erase while a consultant is at work says so before, and tells the consultant', async () => {
    const { somebody, found, staff } = await withConsultant(canary())
    const account = await atAsk(house())
    const { person: own } = await rowsOf(house(), account.address)
    await house().store.db.person.update({ where: { id: own.id }, data: { role: 'staff' } })
    await house().store.db.staff.update({ where: { id: staff.id }, data: { personId: own.id } })
    await somebody.writes('/erase')
    expect(somebody.hears().map(({ text }) => text)).toEqual([say('erase:sureAtWork')])
    await pressYes(somebody)
    expect(somebody.hears().at(-1)?.text).toBe(say('privacy:erased'))
    expect(account.hears().map(({ text }) => text)).toEqual([
      house().mind.words.say('ru', 'rooms:tell.erased', { code: found.code }),
    ])
    expect(await house().store.db.case.count({ where: { id: found.id } })).toBe(0)
  })

  it('/erase takes the messages of the last 48 hours away on the phone too', async () => {
    const somebody = await atAsk(house())
    await somebody.writes('где получить патент')
    const { messages } = await rowsOf(house(), somebody.address)
    await somebody.writes('/erase')
    await pressYes(somebody)
    for (const { id, direction } of messages)
      if (direction === 'out') expect(house().wire.removed).toContain(`out-${id}`)
  })

  it('S19 /panic takes both sides’ messages of the last 48 hours away, says something harmless, and tells staff', async () => {
    const word = canary()
    const { somebody, found } = await withConsultant(word)
    const { conversation } = await rowsOf(house(), somebody.address)
    const old = new Date(house().fake.now().getTime() - 49 * HOUR)
    const { messages: all } = await rowsOf(house(), somebody.address)
    const ancient = all[1]
    await house().store.sql('update message set created_at = $2, sent_at = $2 where id = $1::bigint', [
      String(ancient?.id),
      old,
    ])
    house().wire.removed.length = 0

    await somebody.writes('/panic', { messageKey: 'the panic itself' })

    expect(somebody.hears().map(({ text }) => text)).toEqual([say('privacy:cleared')])
    const { removed } = house().wire
    expect(removed).toContain('the panic itself')
    for (const { id, direction, state } of all)
      if (direction === 'out' && state === 'sent' && id !== ancient?.id) expect(removed).toContain(`out-${id}`)
    expect(removed.filter((key) => /^m\d+$/.test(key)).length).toBeGreaterThan(3)
    expect(removed).not.toContain(`out-${ancient?.id}`)
    const events = (await caseMessages(house().store, found.id)).map(({ event }) => event)
    expect(events).toContain('cleared')
    expect(await house().store.db.timer.count({ where: { conversationId: conversation.id } })).toBe(0)
  })

  it('S19 S22 after /panic nobody writes first: not the bot, not staff; when the client writes, staff’s words come', async () => {
    const { somebody, found, staff } = await withConsultant(canary())
    await somebody.writes('/panic')
    somebody.hears()
    await reply(house(), found.code, staff, { text: 'Вы здесь?', requestId: crypto.randomUUID() })
    await somebody.settle()
    house().fake.forward(3 * HOUR)
    await somebody.settle()
    expect(somebody.hears()).toEqual([])
    await somebody.writes('я здесь')
    expect(somebody.hears().map(({ text }) => text)).toContain('Вы здесь?')
    const said = (await caseMessages(house().store, found.id)).map(({ text }) => text)
    expect(said).toContain('я здесь')
  })

  it('/panic twice, and with nothing to clear, is harmless', async () => {
    const somebody = await atNotice(house())
    await somebody.writes('/panic')
    await somebody.writes('/panic')
    expect(
      somebody
        .hears()
        .map(({ text }) => text)
        .slice(-2),
    ).toEqual([say('privacy:cleared'), say('privacy:cleared')])
  })

  it('what fails to be taken away is tried again as the channel asks, until it is gone', async () => {
    const somebody = await atAsk(house())
    const { wire, fake } = house()
    const own = wire.remove
    let failures = 3
    wire.remove = async (address, key) => {
      if (failures-- > 0) throw new Error('away')
      return own?.(address, key)
    }
    await somebody.writes('/panic')
    for (let n = 0; n < 10; n++) {
      fake.forward(30_000)
      await somebody.settle()
    }
    wire.remove = own as never
    expect(failures).toBeLessThan(0)
    expect(await house().store.db.removal.count()).toBe(0)
  })

  it('S03 /stop withdraws at any step: the case ends, the words go, the bot informs on and keeps nothing more', async () => {
    const word = canary()
    const { somebody, found } = await withConsultant(word)
    await somebody.writes('/stop')
    expect(somebody.hears().length).toBeGreaterThan(0)
    const { person: row, messages, conversation, drawer } = await rowsOf(house(), somebody.address)
    const consent = await house().store.db.consent.findFirstOrThrow({
      where: { personId: row.id },
      orderBy: { id: 'desc' },
    })
    expect(consent.withdrawnAt).not.toBeNull()
    expect(await house().store.db.case.findUniqueOrThrow({ where: { id: found.id } })).toMatchObject({
      state: 'closed',
      outcome: 'withdrawn',
    })
    expect(conversation).toMatchObject({ owner: 'bot', caseId: null })
    const words = (rows: typeof messages) =>
      rows.flatMap(({ body }) => (body ? drawer.openText('message.body', body) : []))
    expect(words(messages).some((text) => text.includes(word))).toBe(false)
    await somebody.writes(`${word} после`)
    expect(somebody.hears().length).toBeGreaterThan(0)
    expect(words((await rowsOf(house(), somebody.address)).messages).some((text) => text.includes(word))).toBe(false)
  })

  it('S03 what they agreed to is kept as it was given: which text, in which language, when, and where', async () => {
    const before = house().fake.now()
    const somebody = await atNotice(house())
    await somebody.presses(say('hotline:notice.options.agree'))
    const { person: row } = await rowsOf(house(), somebody.address)
    const kept = await house().store.db.consent.findMany({ where: { personId: row.id } })
    expect(kept).toMatchObject([
      { kind: 'case', given: true, version: NOTICE_VERSION, language: 'ru', channel: 'telegram', withdrawnAt: null },
    ])
    expect(kept[0]?.at.getTime()).toBeGreaterThanOrEqual(before.getTime())
    expect(kept[0]?.at.getTime()).toBeLessThanOrEqual(house().fake.now().getTime())
  })

  it('S03 whoever agreed to another text is asked again, and only a new yes counts', async () => {
    const somebody = await atAsk(house())
    const { person: row } = await rowsOf(house(), somebody.address)
    const consents = { where: { personId: row.id } }
    await house().store.db.consent.updateMany({ ...consents, data: { version: `older than ${NOTICE_VERSION}` } })
    await somebody.writes('/start')
    expect(somebody.hears().at(-1)?.text).toBe(say('hotline:notice'))
    expect(await house().store.db.consent.count(consents)).toBe(1)
    await somebody.presses(say('hotline:notice.options.agree'))
    const newest = await house().store.db.consent.findFirstOrThrow({ ...consents, orderBy: { id: 'desc' } })
    expect(newest).toMatchObject({ given: true, version: NOTICE_VERSION })
    expect(somebody.hears().at(-1)?.text).not.toBe(say('hotline:notice'))
  })

  it.each<[string, (somebody: ReturnType<typeof person>) => Promise<void>]>([
    ['while a question of ours is open', async () => undefined],
    ['among the questions of a topic', (somebody) => somebody.presses(say('knowledge:topics.employment-rights'))],
    ['after an answer', (somebody) => somebody.writes('сколько стоит патент в Москве')],
    ['while waiting for a human', (somebody) => somebody.writes('/human')],
  ])('S03 /stop withdraws %s', async (_, come) => {
    const word = canary()
    const somebody = await atAsk(house())
    await come(somebody)
    await somebody.writes('/stop')
    const { person: row, conversation } = await rowsOf(house(), somebody.address)
    const consents = await house().store.db.consent.findMany({ where: { personId: row.id } })
    expect(consents.map(({ withdrawnAt }) => withdrawnAt === null)).toEqual([false])
    expect(conversation).toMatchObject({ owner: 'bot', caseId: null })
    expect(await house().store.db.case.count({ where: { personId: row.id, state: { not: 'closed' } } })).toBe(0)
    await somebody.writes(`${word} после`)
    const { messages, drawer } = await rowsOf(house(), somebody.address)
    const words = messages.flatMap(({ body }) => (body ? drawer.openText('message.body', body) : []))
    expect(words.filter((text) => text.includes(word))).toEqual([])
  })

  it('S02 who refuses is informed all the same, with nothing kept of what they write but a number', async () => {
    const word = canary()
    const somebody = await atNotice(house())
    await somebody.presses(say('hotline:notice.options.refuse'))
    await somebody.presses(say('hotline:country.options.RU'))
    await somebody.presses('Москва')
    somebody.hears()
    await somebody.writes(`${word} где получить патент`)
    await somebody.does(photo(`${word}-фото`, word))
    expect(somebody.hears().length).toBeGreaterThan(0)
    const { person: row, messages, drawer, conversation } = await rowsOf(house(), somebody.address)
    const kept = messages
      .filter(({ direction }) => direction === 'in')
      .flatMap(({ body }) => (body ? drawer.openText('message.body', body) : []))
    expect(kept.filter((text) => text.includes(word))).toEqual([])
    expect(drawer.openText('conversation.state', conversation.state ?? new Uint8Array())).not.toContain(word)
    expect(await house().store.db.case.count({ where: { personId: row.id } })).toBe(0)
    expect(await house().store.db.file.count({ where: { personId: row.id } })).toBe(0)
    const [counted] = await house().store.sql<{ n: number }>(`select n from counter where name = 'consent-refused'`)
    expect(counted?.n).toBeGreaterThan(0)
  })
})

/** What the button "yes" of the newest question carries, whether it was sent or still waits. */
async function lastQuestion(house: TestHouse, address: string): Promise<string> {
  const { messages, drawer } = await rowsOf(house, address)
  const bodies = messages.flatMap(({ body }) =>
    body ? drawer.openJson<{ buttons?: { label: string; data?: string }[][] }>('message.body', body) : [],
  )
  const buttons = bodies.flatMap(({ buttons = [] }) => buttons.flat())
  const yes = buttons.findLast(({ label }) => label === house.mind.words.say('ru', 'common:yes'))
  return yes?.data ?? ''
}

describe('the log', () => {
  it('S29 holds no field that is not on the list', async () => {
    const { createLog } = await import('../../bot/log.js')
    const lines: string[] = []
    const log = createLog({ write: (line) => void lines.push(line) })
    log.warn({ code: 'X', text: 'canary', address: 'canary', name: 'canary', token: 'canary' }, 'Something.')
    log.info({ channel: 'telegram', personId: 'canary' }, 'Something.')
    expect(lines).toHaveLength(2)
    expect(lines.join('')).not.toContain('canary')
  })
})
