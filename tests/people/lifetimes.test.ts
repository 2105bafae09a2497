/** Everything ends (S13, S14): empty → fill → run (all kept) → time passes → run → empty, in the tables and in the folder. */
// Long: one house for all these stories: starting it takes longer than telling them.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DeliveryError } from '../../bot/conversation/channel.js'
import { deadLetters } from '../../bot/conversation/dead-letters.js'
import { inConversation } from '../../bot/conversation/inside.js'
import { claim } from '../../bot/desk/claiming.js'
import { close } from '../../bot/desk/handling.js'
import { caseMessages } from '../../bot/desk/reading.js'
import { reply } from '../../bot/desk/replies.js'
import { endLifetimes } from '../../bot/people/lifetimes.js'
import { LIFETIMES } from '../../bot/store/lifetimes.js'
import { atAsk, atNotice, inHouse, rowsOf, stranger } from '../conversation/stories.js'
import { centre } from '../desk/places/staffroom.js'
import { filesOf } from './everything.js'

const DAY = 24 * 3_600_000

/** Tables of persons, and of what hangs on them. The others hold knowledge, staff, and numbers without a person. */
const PERSONAL = [
  'person',
  'address',
  'conversation',
  'message',
  'removal',
  'timer',
  'draft',
  'consent',
  'case_file',
  'note',
  'file',
  'receipt',
]

inHouse('lifetimes', (house) => {
  const run = () => endLifetimes(house().store, house().files, house().fake.now())
  const say = (key: string) => house().mind.words.say('ru', key)

  const counts = async (): Promise<Record<string, number>> => {
    const entries = await Promise.all(
      PERSONAL.map(async (table) => {
        const [row] = await house().store.sql<{ n: number }>(`select count(*)::int as n from "${table}"`)
        return [table, row?.n ?? 0] as const
      }),
    )
    return { ...Object.fromEntries(entries), files: filesOf(house()).length }
  }
  const nothing = Object.fromEntries([...PERSONAL, 'files'].map((name) => [name, 0]))

  /** The folder's own clock is the machine's: files are given the story's time. */
  const ageFiles = () => {
    for (const path of filesOf(house())) utimesSync(path, house().fake.now(), house().fake.now())
  }

  async function closedCase() {
    const somebody = await atAsk(house())
    await somebody.writes('/human')
    await somebody.writes('мой вопрос')
    await somebody.does({
      kind: 'files',
      files: [{ kind: 'photo', mime: 'image/jpeg', bytes: 3, ref: 'r', name: 'a.jpg' }],
    })
    const { conversation, drawer, person } = await rowsOf(house(), somebody.address)
    const found = await house().store.db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    const staff = await house().store.db.staff.create({ data: { alias: `consultant-${crypto.randomUUID()}` } })
    await claim(house(), found.code, staff)
    await reply(house(), found.code, staff, { text: 'ответ', requestId: crypto.randomUUID() })
    await house().store.db.note.create({
      data: { caseId: found.id, staffId: staff.id, body: drawer.seal('note.body', 'заметка') },
    })
    await house().store.db.draft.create({
      data: {
        personId: person.id,
        flow: 'report',
        answers: drawer.sealJson('draft.answers', {}),
        until: new Date(house().fake.now().getTime() + 5 * DAY),
      },
    })
    await somebody.settle()
    return { somebody, found, staff }
  }

  it('S13 S14 keep everything while it is needed, and nothing after', async () => {
    expect(await counts()).toEqual(nothing)
    const { found, staff } = await closedCase()
    await close(house(), found.code, staff, 'answered')
    await (await atAsk(house())).writes('/mydata')
    await stranger(house()).writes('привет')
    ageFiles()
    const full = await counts()
    for (const name of ['person', 'message', 'case_file', 'note', 'file', 'consent', 'draft', 'receipt', 'files'])
      expect(full[name], name).toBeGreaterThan(0)

    await run()
    expect(await counts()).toEqual(full)

    house().fake.forward(LIFETIMES.stranger.ms + 1000)
    await run()
    expect((await counts()).person, 'who said one word and left').toBe((full.person ?? 0) - 1)

    house().fake.forward(LIFETIMES.message.ms)
    await run()
    await run()
    expect(await counts()).toEqual(nothing)
  })

  it('S42 end sooner for what somebody under eighteen told: the words, the files and the case', async () => {
    const { found, staff } = await closedCase()
    const grown = await closedCase()
    await house().store.db.case.update({ where: { id: found.id }, data: { minor: true } })
    for (const { code } of [found, grown.found])
      await close(house(), code, code === found.code ? staff : grown.staff, 'answered')
    await grown.somebody.settle()
    ageFiles()
    const left = async (caseId: string) => ({
      cases: await house().store.db.case.count({ where: { id: caseId } }),
      words: await house().store.db.message.count({ where: { caseId } }),
      notes: await house().store.db.note.count({ where: { caseId } }),
    })
    const before = await left(found.id)
    const files = filesOf(house()).length
    house().fake.forward(LIFETIMES.child.ms - 60_000)
    await run()
    expect(await left(found.id), 'a minute before').toEqual(before)
    house().fake.forward(2 * 60_000)
    await run()
    expect(await left(found.id), 'a minute after').toEqual({ cases: 0, words: 0, notes: 0 })
    expect((await left(grown.found.id)).cases, 'of somebody grown').toBe(1)
    expect(filesOf(house()).length).toBe(files - 1)
    house().fake.forward(LIFETIMES.message.ms)
    await run()
    await run()
  })

  it('S14 end after two days for a place in a group that nobody let us into again, also when its client erased everything', async () => {
    const { db, vault } = house().store
    await centre(house())
    const group = await db.group.create({
      data: {
        centreId: 'moscow',
        channel: 'telegram',
        sealed: vault.house.seal('staff_group.sealed', '-100'),
        hash: vault.hash('x'),
        state: 'gone',
      },
    })
    const { id } = await db.place.create({ data: { groupId: group.id } })
    const isThere = () => db.place.count({ where: { id } })
    await run()
    house().fake.forward(LIFETIMES.lostPlace.ms - 60_000)
    await run()
    expect(await isThere()).toBe(1)
    house().fake.forward(2 * 60_000)
    await run()
    expect(await isThere()).toBe(0)
    await db.group.delete({ where: { id: group.id } })
    await db.centre.deleteMany()
  })

  it('S26 keep what tells a second delivery for ten minutes at least, and for seven days at most', async () => {
    const MINUTE = 60_000
    const key = `delivered ${crypto.randomUUID()}`
    await house().store.db.receipt.create({ data: { channel: 'telegram', updateKey: key, at: house().fake.now() } })
    const isKept = async (after: number) => {
      house().fake.forward(after)
      await run()
      return (await house().store.db.receipt.count({ where: { updateKey: key } })) === 1
    }
    expect(await isKept(10 * MINUTE)).toBe(true)
    expect(await isKept(7 * DAY - 11 * MINUTE), 'a minute before').toBe(true)
    expect(await isKept(2 * MINUTE), 'a minute after').toBe(false)
    await house().store.sql('delete from receipt')
  })

  it('S14 end after seven days for a number that nobody called, though its case goes on', async () => {
    const { somebody, found, staff } = await closedCase()
    const { drawer } = await rowsOf(house(), somebody.address)
    const { id } = await house().store.db.call.create({
      data: {
        caseId: found.id,
        state: 'given',
        phone: drawer.seal('call.phone', '+79990001122'),
        askedById: staff.id,
        at: house().fake.now(),
      },
    })
    const call = () => house().store.db.call.findUniqueOrThrow({ where: { id } })
    house().fake.forward(7 * DAY - 60_000)
    await run()
    expect((await call()).phone).not.toBeNull()
    house().fake.forward(2 * 60_000)
    await run()
    expect(await call()).toMatchObject({ phone: null, state: 'refused' })
    await close(house(), found.code, staff, 'answered')
    await somebody.settle()
    house().fake.forward(LIFETIMES.case.ms + 1000)
    await run()
    expect(await counts()).toEqual(nothing)
  })

  it('S14 end after fourteen days for how a message was delivered, and for what never arrived; the words of a case stay', async () => {
    const { found, staff } = await closedCase()
    const beside = await atAsk(house())
    const { db } = house().store
    const { wire } = house()
    wire.failWith = () => new DeliveryError('refused', 'TELEGRAM_400')
    await reply(house(), found.code, staff, { text: 'не дошло', requestId: crypto.randomUUID() })
    await beside.writes('/menu')
    delete wire.failWith
    const letters = () => deadLetters(house().store)
    expect((await letters()).map(({ caseCode }) => caseCode).sort()).toEqual([null, found.code].sort())
    const traces = () => db.message.count({ where: { OR: [{ error: { not: null } }, { attempts: { gt: 0 } }] } })
    house().fake.forward(14 * DAY - 60_000)
    await run()
    expect(await letters()).toHaveLength(2)
    expect(await traces()).toBeGreaterThan(2)
    house().fake.forward(2 * 60_000)
    await run()
    expect(await letters()).toEqual([])
    expect(await traces()).toBe(0)
    const said = await caseMessages(house().store, found.id)
    expect(said.map(({ text }) => text)).toContain('не дошло')
    await close(house(), found.code, staff, 'answered')
    house().fake.forward(LIFETIMES.case.ms + 1000)
    for (let round = 0; round < 3; round++) for (const worker of house().conversation.workers) await worker.drain()
    house().fake.forward(LIFETIMES.case.ms + 1000)
    await run()
    expect(await counts()).toEqual(nothing)
  })

  it('S14 do not end a case that is open, however old its words are', async () => {
    const { somebody, found, staff } = await closedCase()
    house().fake.forward(100 * DAY)
    await run()
    const { messages } = await rowsOf(house(), somebody.address)
    expect(messages.length).toBeGreaterThan(3)
    expect(await house().store.db.file.count()).toBeGreaterThan(0)
    expect(filesOf(house()).length).toBeGreaterThan(0)
    await close(house(), found.code, staff, 'answered')
    await somebody.settle()
    house().fake.forward(LIFETIMES.case.ms + 1000)
    await run()
    expect(await counts()).toEqual(nothing)
  })

  it('S02 end an hour after the last word for whoever refused: then only the number of a day is left', async () => {
    const somebody = await atNotice(house())
    await somebody.presses(say('hotline:notice.options.refuse'))
    house().fake.forward(LIFETIMES.unkept.ms + 1000)
    await run()
    const { messages } = await rowsOf(house(), somebody.address)
    expect(messages.filter(({ body }) => body)).toEqual([])
    await somebody.writes('/centres')
    house().fake.forward(LIFETIMES.refused.ms - 1000)
    await run()
    expect((await counts()).person, 'while the talk goes on').toBe(1)
    house().fake.forward(2000)
    await run()
    await house().store.sql('delete from receipt')
    expect(await counts()).toEqual(nothing)
  })

  it('S02 S22 keep of whoever refused only where their chat still has to clear itself, and nothing is written there first', async () => {
    const somebody = await atNotice(house())
    await somebody.presses(say('hotline:notice.options.refuse'))
    await somebody.presses(say('hotline:country.options.RU'))
    await somebody.presses('Москва')
    somebody.hears()
    const { conversation } = await rowsOf(house(), somebody.address)
    const until = new Date(house().fake.now().getTime() + 3 * 3_600_000)
    await house().store.db.timer.create({
      data: { conversationId: conversation.id, key: 'hotline/ask', turn: 1, dueAt: until },
    })
    house().fake.forward(LIFETIMES.refused.ms + 1000)
    await endLifetimes(house().store, house().files, house().fake.now(), house().channels)
    const left = await rowsOf(house(), somebody.address)
    expect(left.person).toMatchObject({ language: null, country: null, city: null })
    expect(left.conversation).toMatchObject({ state: null, messages: [], timers: [] })
    expect(left.address.state).toBe('cleaned')
    expect(await house().store.db.consent.count()).toBe(0)

    const inside = () =>
      house().store.transaction((tx) =>
        inConversation(house(), tx, conversation.id, async (turn) => turn.sayText('напоминание')),
      )
    await inside()
    house().fake.forward(40 * 3_600_000)
    await somebody.settle()
    expect(somebody.hears()).toEqual([])
    expect(house().wire.removed.length).toBeGreaterThan(0)
    await endLifetimes(house().store, house().files, house().fake.now(), house().channels)
    await house().store.sql('delete from receipt')
    expect(await counts()).toEqual(nothing)
  })

  it('S22 write to whoever refused again as soon as they write', async () => {
    const somebody = await atNotice(house())
    await somebody.presses(say('hotline:notice.options.refuse'))
    await somebody.presses(say('hotline:country.options.RU'))
    house().fake.forward(LIFETIMES.refused.ms + 1000)
    await endLifetimes(house().store, house().files, house().fake.now(), house().channels)
    somebody.hears()
    await somebody.writes('привет')
    expect(somebody.hears()).toHaveLength(1)
    expect((await rowsOf(house(), somebody.address)).address.state).toBe('open')
    house().fake.forward(LIFETIMES.stranger.ms + 40 * 3_600_000)
    await somebody.settle()
    await endLifetimes(house().store, house().files, house().fake.now(), house().channels)
    await house().store.sql('delete from receipt')
    expect(await counts()).toEqual(nothing)
  })

  it('end within minutes for whoever erased everything, once the last words have gone out', async () => {
    const somebody = await atAsk(house())
    await somebody.writes('/erase')
    await somebody.presses(say('common:yes'))
    house().fake.forward(LIFETIMES.erased.ms + 1000)
    await run()
    await house().store.sql('delete from receipt')
    expect(await counts()).toEqual(nothing)
  })

  it('end too for whoever blocked us while words were on their way to them', async () => {
    const somebody = await atAsk(house())
    await somebody.does({ kind: 'blocked' })
    const { conversation, drawer } = await rowsOf(house(), somebody.address)
    await house().store.db.message.create({
      data: {
        conversationId: conversation.id,
        direction: 'out',
        author: 'staff',
        state: 'due',
        body: drawer.sealJson('message.body', { text: 'x' }),
        createdAt: house().fake.now(),
      },
    })
    await run()
    expect((await rowsOf(house(), somebody.address)).messages.at(-1)?.state).toBe('dropped')
    house().fake.forward(LIFETIMES.message.ms + 1000)
    await run()
    expect(await counts()).toEqual(nothing)
  })

  it('S13 end for what lies in the folder and belongs to nobody', async () => {
    const folder = join(house().config.dataDir, 'files', 'ab')
    mkdirSync(folder, { recursive: true })
    const id = `ab${crypto.randomUUID().slice(2)}`
    for (const name of [id, `${id}.${crypto.randomUUID()}.part`]) writeFileSync(join(folder, name), 'x')
    ageFiles()
    await run()
    expect(filesOf(house())).toHaveLength(2)
    house().fake.forward(LIFETIMES.strayFile.ms + 1000)
    await run()
    expect(filesOf(house())).toEqual([])
  })
})
