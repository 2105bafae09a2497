/** Clients' feedback in chats: what a code does and does not, what a worker sees, and that nothing tells who answered what. */
// Long: one house for all of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endLifetimes } from '../../../bot/people/lifetimes.js'
import { give } from '../../../bot/programme/feedback/give.js'
import { addLine, linesOf } from '../../../bot/programme/feedback/lines.js'
import { whoseFeedback } from '../../../bot/programme/feedback/mine.js'
import { issue, OPEN_MAX, type Whose } from '../../../bot/programme/feedback/tokens.js'
import { LIFETIMES } from '../../../bot/store/lifetimes.js'
import { type DeskHouse, newClient } from '../../console/desk-house.js'
import { type TestHouse, testHouse } from '../../house.js'
import { readPng } from '../../qr-reader.js'
import { embeddedDatabase, SERVED, servedDatabase } from '../../store/databases.js'
import { chat, fill, newGroup, newWorker } from '../reports/world.js'
import { answered, codeOf, codesOf, GOOD } from './world.js'

const DAY = 24 * 3_600_000

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z', database: SERVED ? servedDatabase : embeddedDatabase })
})
afterAll(() => house.end())

let clients = 0
/** Somebody with a telephone that speaks Russian, whom nobody here knows. */
function client() {
  const me = chat(house, `client-${++clients}`)
  return Object.assign(me, {
    address: `client-${clients}`,
    async comes(argument: string): Promise<string> {
      await me.receive({ kind: 'command', name: 'start', argument })
      await me.settle()
      await me.presses('Русский').catch(() => undefined)
      return me.last.text
    },
  })
}

const workerIn = async (about: Parameters<typeof newWorker>[2] = {}) => {
  const group = await newGroup(house.store)
  return { group, ...(await newWorker(house.store, group.id, about)) }
}
const came = async (personId: string) =>
  (await house.store.db.feedbackMonth.findMany({ where: { personId } })).map(({ answers }) => answers)

describe('a code', () => {
  it('takes one answer, and says clearly why it takes no other', async () => {
    const { personId, address } = await workerIn()
    const code = await codeOf(house, personId)
    const first = client()
    expect(await first.comes(`f_${code}`)).toContain('Вам помогли?')
    for (const tap of ['Да', 'Отчасти', 'Нет']) await first.presses(tap)
    expect(first.last.text).toContain('Ваши три ответа получены')
    expect(await client().comes(`f_${code}`)).toContain('уже использована')
    const late = await codeOf(house, personId)
    house.fake.forward(14 * DAY)
    expect(await client().comes(`f_${late}`)).toContain('Эта ссылка устарела')
    const me = chat(house, address)
    const own = await codeOf(house, personId)
    await me.receive({ kind: 'command', name: 'start', argument: `f_${own}` })
    await me.settle()
    expect(me.last.text).toContain('You cannot answer it yourself')
    expect(await came(personId)).toEqual([1])
    // What was refused has not used it up
    expect(await client().comes(`f_${own}`)).toContain('Вам помогли?')
  })

  it('of another kind is none, and who guesses is not listened to after five', async () => {
    const { personId } = await workerIn()
    const { id } = await house.store.db.enrolment.findFirstOrThrow({ where: { personId } })
    const codeHash = new Uint8Array(house.store.vault.hash('worker-invitation', 'AAAACCCC'))
    await house.store.db.workerInvitation.create({
      data: { codeHash, enrolmentId: id, expiresAt: new Date(house.fake.now().getTime() + DAY) },
    })
    const guesser = client()
    for (const guess of ['AAAACCCC', 'AAAACCCD', 'AAAACCCE', 'x', '__'])
      expect(await guesser.comes(`f_${guess}`)).toContain('Код не подошёл')
    const good = await codeOf(house, personId)
    expect(await guesser.comes(`f_${good}`)).toContain('Слишком много неверных кодов')
    house.fake.forward(3_700_000)
    expect(await guesser.comes(`f_${good}`)).toContain('Вам помогли?')
    await expect(house.store.db.workerInvitation.findUniqueOrThrow({ where: { codeHash } })).resolves.toMatchObject({
      usedAt: null,
    })
  })

  it('counts once when two come at the same moment, and is still good when the answer was not committed', async () => {
    const { personId } = await workerIn()
    const code = await codeOf(house, personId)
    const now = house.fake.now()
    const cut = house.store.transaction(async (tx) => {
      await give(house.store, tx, code, GOOD, now)
      throw new Error('the power went')
    })
    await expect(cut).rejects.toThrow('the power went')
    expect(await came(personId)).toEqual([])
    const both = Array.from({ length: 4 }, () =>
      house.store.transaction((tx) => give(house.store, tx, code, GOOD, now)),
    )
    expect((await Promise.all(both)).sort()).toEqual(['given', 'used', 'used', 'used'])
    expect(await came(personId)).toEqual([1])
  })

  it('is one of so many that may wait, each of its own', async () => {
    const { personId } = await workerIn()
    await codesOf(house, personId, OPEN_MAX)
    const now = house.fake.now()
    const more = await house.store.transaction(async (tx) =>
      issue(house.store, tx, (await whoseFeedback(tx, personId, now)) as Whose, { count: 1, now }),
    )
    expect(more).toBeUndefined()
    const rows = await house.store.db.feedbackToken.findMany({ where: { personId } })
    expect(new Set(rows.map(({ codeHash }) => Buffer.from(codeHash).toString('hex'))).size).toBe(OPEN_MAX)
  })
})

describe('what a client says', () => {
  /** Every row of every table, as the database writes it, without what is about time. */
  async function everything(): Promise<{ table: string; row: string }[]> {
    const tables = await house.store.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'`,
    )
    const all = await Promise.all(
      tables.map(async ({ name }) =>
        (await house.store.sql<{ row: string }>(`select t::text as row from "${name}" t`)).map(({ row }) => ({
          table: name,
          row,
        })),
      ),
    )
    return all.flat()
  }

  it('leaves no trace that ties it to them: no row holds both, and none can be laid beside the other', async () => {
    const { personId, group } = await workerIn()
    const code = await codeOf(house, personId)
    const { codeHash } = await house.store.db.feedbackToken.findFirstOrThrow({ where: { personId } })
    house.fake.forward(12_345)
    const me = client()
    await me.comes(`f_${code}`)
    await me.says('нет')
    await me.presses('Отчасти')
    await me.presses('Нет')
    const { person, conversation } = await house.store.db.address.findFirstOrThrow({
      where: { hash: house.store.vault.hash('address', 'telegram', me.address) },
      include: { person: true, conversation: true },
    })
    const drawer = house.store.vault.drawer(person.id, person.wrappedKey ?? new Uint8Array())
    const state = async () => {
      const { state } = await house.store.db.conversation.findUniqueOrThrow({ where: { id: conversation?.id ?? '' } })
      return state ? drawer.openText('conversation.state', state) : ''
    }
    // Counted already, although the line is still asked for: the answers are in no talk any more
    expect(await came(personId)).toEqual([1])
    expect(await state()).not.toMatch(/partly|"no"|:no"|helped"|respect"|clear"/)
    await me.presses('Написать строчку')
    const canary = 'Kanarienvogel singt im Wald'
    await me.says('слишком '.repeat(60), canary)
    expect(me.last.text).toContain('Спасибо')

    const end = await state()
    for (const secret of [code, canary, 'partly', 'слишком']) expect(end).not.toContain(secret)
    const said = await house.store.db.message.findMany({ where: { conversationId: conversation?.id ?? '' } })
    const words = said.map(({ body, direction }) => ({
      direction,
      text: body ? drawer.openText('message.body', body) : '',
    }))
    for (const { direction, text } of words) {
      for (const secret of [code, canary, 'слишком']) expect(text).not.toContain(secret)
      // Of what they did nothing but the command is left
      if (direction === 'in' && text) expect(JSON.parse(text)).toEqual({ text: '/start' })
    }
    // What they typed is taken out of the chat: it could be read on the telephone, or edited there later
    for (const worker of house.conversation.workers) await worker.drain()
    expect(house.wire.removed.length).toBeGreaterThanOrEqual(3)

    const rows = await everything()
    const theirs = [person.id, conversation?.id ?? '', conversation?.addressId ?? '']
    const about = [personId, group.id, Buffer.from(codeHash).toString('hex')]
    for (const { table, row } of rows) {
      const isTheirs = theirs.some((id) => row.includes(id))
      expect(isTheirs && table.startsWith('feedback'), `${table} names the client`).toBe(false)
      expect(isTheirs && about.some((id) => row.includes(id)), `${table} ties the client to the worker`).toBe(false)
    }
    // No time of an answer and no running number, by which rows could be laid beside a chat
    const columns = await house.store.sql<{ name: string; column: string; type: string; first: string | null }>(
      `select table_name as name, column_name as column, data_type as type, column_default as first from information_schema.columns
        where table_schema = current_schema() and table_name like 'feedback%'`,
    )
    expect(columns.length).toBeGreaterThan(15)
    const timed = columns.filter(({ type }) => /time|date/.test(type)).map(({ name, column }) => `${name}.${column}`)
    expect(timed).toEqual(['feedback_token.expires_at'])
    expect(columns.filter(({ first, type }) => /nextval/.test(first ?? '') || type === 'bigint')).toEqual([])
    const token = await house.store.db.feedbackToken.findUniqueOrThrow({ where: { codeHash } })
    const times = said.flatMap(({ createdAt, sentAt }) => [createdAt.getTime(), sentAt?.getTime() ?? 0])
    expect(times).not.toContain(token.expiresAt.getTime() - 14 * DAY)
    expect(house.logged()).not.toContain(code)
  })

  it('is kept out of the case of whoever waits for a consultant meanwhile', async () => {
    const { personId } = await workerIn()
    const somebody = await newClient({ ...house, house, clock: house.fake.now } as unknown as DeskHouse)
    await somebody.asksForHuman({ language: 'ru' })
    const me = chat(house, somebody.address)
    await me.receive({ kind: 'command', name: 'start', argument: `f_${await codeOf(house, personId)}` })
    await me.settle()
    for (const tap of ['Да', 'Да', 'Нет', 'Написать строчку']) await me.presses(tap)
    // Too long to be taken, and yet for nobody else
    await me.says('хорошо '.repeat(60), 'Всё хорошо')
    expect(me.last.text).toContain('Спасибо, это поможет')
    const said = await house.store.db.message.findMany({ where: { conversationId: somebody.conversationId } })
    expect(said.filter(({ caseId, direction }) => caseId !== null && direction === 'out')).toEqual([])
    expect(said.filter(({ caseId, direction }) => caseId !== null && direction === 'in')).toHaveLength(1)
    expect(await came(personId)).toEqual([1])
  })

  it('is gone when they stop halfway, an hour later', async () => {
    const { personId } = await workerIn()
    const me = client()
    await me.comes(`f_${await codeOf(house, personId)}`)
    await me.presses('Нет')
    const flow = async () =>
      (
        await house.store.db.address.findFirstOrThrow({
          where: { hash: house.store.vault.hash('address', 'telegram', me.address) },
          include: { conversation: true },
        })
      ).conversation?.flow
    expect(await flow()).toBe('opinion')
    house.fake.forward(3_700_000)
    for (const worker of house.conversation.workers) await worker.drain()
    expect(await flow()).toBeNull()
    expect(await came(personId)).toEqual([])
  })

  it('S38 reaches a human when it is a cry for help, and is then kept for whoever answers', async () => {
    const { personId } = await workerIn()
    const me = client()
    await me.comes(`f_${await codeOf(house, personId)}`)
    await me.says('меня заперли и забрали паспорт')
    expect(await house.store.db.case.count({ where: { urgency: 'urgent' } })).toBe(1)
  })

  it('S12 keeps its lines from being told apart: sealed together, in no order, and shown from five answers on', async () => {
    const { group, personId } = await workerIn()
    const place = { groupId: group.id, period: '2026-11' }
    const lines = Array.from({ length: 12 }, (_, n) => `line ${n}`)
    for (const line of lines) await house.store.transaction((tx) => addLine(house.store, tx, place, line))
    expect(await linesOf(house.store, house.store.db, place)).toEqual([])
    house.fake.set(new Date('2026-11-26T09:00:00Z'))
    await answered(house, personId, GOOD, 5)
    const shown = await linesOf(house.store, house.store.db, place)
    expect(shown).not.toEqual(lines)
    expect(shown.toSorted()).toEqual(lines.toSorted())
    expect(await house.store.db.feedbackLines.count({ where: { groupId: group.id } })).toBe(1)
  })
})

describe('a worker', () => {
  it('on Slack gets the link, the picture and the code, and a sheet to print', async () => {
    const { address, personId } = await workerIn({ channels: ['slack'] })
    house.wire.linkTo = (words) => `https://t.me/rahnamo_bot?start=${words}`
    const me = chat(house, address, 'slack')
    await me.says('/feedback')
    const [link, links] = await me.presses('Link and QR for one client')
    const token = /start=(f_[A-Z0-9]{8})\n/.exec(links?.text ?? '')?.[1] ?? ''
    expect(token.length).toBeLessThanOrEqual(64)
    expect(link?.file).toMatchObject({ mime: 'image/png', name: 'qr.png' })
    expect(readPng(link?.file?.content ?? Buffer.of())).toBe(`https://t.me/rahnamo_bot?start=${token}`)
    const somebody = client()
    expect(await somebody.comes(token)).toContain('Вам помогли?')
    await me.says('/feedback')
    const [sheet] = await me.presses('Sheet of ten to print')
    expect(
      Buffer.from(sheet?.file?.content ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(await house.store.db.feedbackToken.count({ where: { personId } })).toBe(11)
  })

  it('finds beside the question of the report how many came, and no answer is filled in', async () => {
    const { address, personId } = await workerIn()
    await answered(house, personId, GOOD, 3)
    const me = chat(house, address)
    await me.says('/report')
    await me.presses('November 2026')
    await me.presses('Yes, let us begin')
    await me.says('Brno')
    await fill(me)
    const asked = house.wire.sent(address).findLast(({ text }) => text.startsWith('From how many clients'))
    expect(asked?.text).toBe(
      'From how many clients did you collect feedback?\nBy your links 3 answers have come for this month.',
    )
  })

  it('S15 takes their numbers with them, and leaves none behind when they are erased', async () => {
    const { address, personId, group } = await workerIn()
    await answered(house, personId, GOOD, 5)
    const open = await codeOf(house, personId)
    const me = chat(house, address)
    await me.says('/mydata')
    const data = house.wire.sent(address).flatMap(({ file }) => (file?.mime === 'application/json' ? [file] : []))
    const { feedback } = JSON.parse(Buffer.from(data[0]?.content ?? []).toString())
    expect(feedback).toMatchObject({ codes: 6, months: [{ answers: 5, shown: { answers: 5 } }] })
    await me.says('/erase')
    await me.presses('Yes')
    expect(await came(personId)).toEqual([])
    expect(await house.store.db.feedbackToken.count({ where: { personId } })).toBe(0)
    expect(await client().comes(`f_${open}`)).toContain('Код не подошёл')
    // What a whole group was told is about nobody, and stays
    expect(await house.store.db.feedbackFigure.findFirst({ where: { groupId: group.id } })).toMatchObject({
      answers: 5,
    })
  })
})

describe('time', () => {
  it('S13 ends codes with the picture they stand on, and lines a year after their month', async () => {
    const { address, personId, group } = await workerIn()
    const me = chat(house, address)
    await me.says('/feedback')
    await me.presses('Link and QR for one client')
    const { fileId } = await house.store.db.feedbackToken.findFirstOrThrow({ where: { personId } })
    const place = { groupId: group.id, period: '2026-11' }
    await house.store.transaction((tx) => addLine(house.store, tx, place, 'kept'))
    const end = () => endLifetimes(house.store, house.files, house.fake.now())
    const left = async () => [
      await house.store.db.feedbackToken.count({ where: { personId } }),
      await house.store.db.file.count({ where: { id: fileId ?? '' } }),
      await house.store.db.feedbackLines.count({ where: { groupId: group.id } }),
    ]
    house.fake.forward(14 * DAY)
    await end()
    expect(await left()).toEqual([1, 1, 1])
    house.fake.forward(DAY + 1)
    await end()
    expect(await left()).toEqual([0, 0, 1])
    house.fake.set(new Date(Date.parse('2026-12-01T00:00:00Z') + LIFETIMES.feedback.ms))
    await end()
    expect((await left())[2]).toBe(1)
    house.fake.forward(1)
    await end()
    expect((await left())[2]).toBe(0)
  })
})
