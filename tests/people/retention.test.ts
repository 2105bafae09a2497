/** The report of what is over its time: for show it changes nothing; in earnest exactly that goes, and no word is in the report. */
import { utimesSync } from 'node:fs'
import { expect, it } from 'vitest'
import { commandsOf } from '../../bot/cli/commands.js'
import { claim } from '../../bot/desk/claiming.js'
import { close } from '../../bot/desk/handling.js'
import { retire } from '../../bot/people/retention.js'
import { LIFETIMES } from '../../bot/store/lifetimes.js'
import { writeShortened } from '../../bot/store/shortened.js'
import { atAsk, inHouse, rowsOf } from '../conversation/stories.js'
import { everything, filesOf } from './everything.js'

const DAY = 24 * 3_600_000
const CANARY = 'канарейка-Зарина'

inHouse('retention', (house) => {
  const ask = (args: Record<string, string> = {}) => commandsOf(house()).retention(args)
  const state = async () => (await everything(house())).split('\n').sort()

  /** Somebody with a case that was closed now, a note in it, and a file. */
  async function closedCase() {
    const somebody = await atAsk(house())
    await somebody.writes('/human')
    await somebody.writes(CANARY)
    await somebody.does({
      kind: 'files',
      files: [{ kind: 'photo', mime: 'image/jpeg', bytes: 3, ref: 'r', name: `${CANARY}.jpg` }],
    })
    const { conversation, drawer, person } = await rowsOf(house(), somebody.address)
    const { db } = house().store
    const found = await db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    const staff = await db.staff.create({ data: { alias: `consultant-${crypto.randomUUID()}` } })
    await claim(house(), found.code, staff)
    const body = drawer.seal('note.body', CANARY)
    await db.note.create({ data: { caseId: found.id, staffId: staff.id, body } })
    await close(house(), found.code, staff, 'answered')
    await somebody.settle()
    for (const path of filesOf(house())) utimesSync(path, house().fake.now(), house().fake.now())
    return { somebody, found, person }
  }

  it('says that nothing is over its time while all is young', async () => {
    await closedCase()
    expect(await ask({ dryRun: 'yes' })).toBe('Nothing is over its time.')
    expect(await ask()).toBe('Nothing is over its time.')
  })

  it('counts for show without a change, and then ends exactly that, and not what is younger', async () => {
    house().fake.forward(LIFETIMES.case.ms / 2)
    const young = await closedCase()
    const kept = await rowsOf(house(), young.somebody.address)
    house().fake.forward(LIFETIMES.case.ms / 2 + 1000)

    const before = await state()
    const forecast = await retire(house().store, house().files, house().fake.now(), { dryRun: true })
    const shown = await ask({ dryRun: 'yes' })
    expect(await state()).toEqual(before)
    expect(shown).toMatch(/^Over its time, and would go now \(nothing was changed\):\n/)
    expect(shown).toMatch(/^ {2}Case +1 deleted +0 changed/m)
    expect(shown).toMatch(/^ {2}Note +1 deleted/m)
    expect(shown).toMatch(/^ {2}Person +1 deleted/m)
    expect(shown).toMatch(/^ {2}\(files\) +1 deleted$/m)
    expect(shown).not.toMatch(/канарейка|consultant-|K\d|[0-9a-f]{8}-/i)

    const counts = async () => {
      const entries = await Promise.all(
        forecast.rows.map(async ({ table }) => {
          const [row] = await house().store.sql<{ n: number }>(`select count(*)::int as n from "${table}"`)
          return [table, row?.n ?? 0] as const
        }),
      )
      return Object.fromEntries(entries)
    }
    const full = await counts()
    const told = await ask()
    expect(told).toBe(shown.replace('and would go now (nothing was changed)', 'and gone'))
    const left = await counts()
    for (const { table, deleted } of forecast.rows) expect((full[table] ?? 0) - (left[table] ?? 0), table).toBe(deleted)

    const { messages } = await rowsOf(house(), young.somebody.address)
    expect(messages.filter(({ caseId }) => caseId).length).toBe(kept.messages.filter(({ caseId }) => caseId).length)
    expect(await house().store.db.case.findMany({ select: { id: true } })).toEqual([{ id: young.found.id }])
    expect(filesOf(house())).toHaveLength(1)
    expect(await ask({ dryRun: 'yes' })).toBe('Nothing is over its time.')
  })

  it('empties a number that nobody called, and keeps that a call was asked for', async () => {
    const { found, person } = await closedCase()
    const drawer = house().store.vault.drawer(person.id, new Uint8Array(person.wrappedKey ?? []))
    await house().store.db.call.create({
      data: {
        caseId: found.id,
        askedById: crypto.randomUUID(),
        state: 'given',
        phone: drawer.seal('call.phone', '+79990001122'),
        at: house().fake.now(),
      },
    })
    house().fake.forward(LIFETIMES.phone.ms + 1000)
    expect(await ask({ dryRun: 'yes' })).toMatch(/^ {2}Call +0 deleted +1 changed/m)
    expect(await house().store.db.call.count({ where: { phone: { not: null } } })).toBe(1)
    expect(await ask()).toMatch(/^ {2}Call +0 deleted +1 changed/m)
    expect(await house().store.db.call.findMany({ select: { phone: true, state: true } })).toEqual([
      { phone: null, state: 'refused' },
    ])
  })

  it('S37 ends sooner what two people agreed to keep shorter, says so, and no sooner what they did not', async () => {
    const { somebody } = await closedCase()
    await writeShortened(house().store.sql, { message: 7 })
    house().fake.forward(7 * DAY - 1000)
    const shorter = 'Kept shorter here, by the word of two people: message 7 days.'
    expect(await ask()).toMatch(new RegExp(`^${shorter}`))
    expect((await rowsOf(house(), somebody.address)).messages.length).toBeGreaterThan(0)
    house().fake.forward(2000)
    expect(await ask({ dryRun: 'yes' })).toMatch(new RegExp(`^${shorter}\\nOver its time, and would go now[^]*Message`))
    await ask()
    const { messages, conversation } = await rowsOf(house(), somebody.address)
    expect(messages).toEqual([])
    expect(await house().store.db.case.count({ where: { conversationId: conversation.id } })).toBe(1)
    await house().store.db.setting.delete({ where: { name: 'lifetimes' } })
  })

  it('S13 ends what two people decided, and a breach that is over, and nothing of it that goes on', async () => {
    const { db, vault } = house().store
    const now = house().fake.now()
    const staffId = crypto.randomUUID()
    const words = vault.house.seal('approval.words', CANARY)
    const approval = {
      kind: 'export',
      object: 'x',
      reason: 'law',
      words,
      askedById: staffId,
      askedAt: now,
      expiresAt: now,
    }
    await db.approval.createMany({
      data: ['asked', 'refused', 'used', 'expired'].map((state) => ({ ...approval, state })),
    })
    await db.breach.createMany({ data: [null, now].map((liftedAt) => ({ at: now, byId: staffId, words, liftedAt })) })
    house().fake.forward(LIFETIMES.approval.ms + 1000)
    await ask()
    expect((await db.approval.findMany()).map(({ state }) => state)).toEqual(['asked'])
    expect(await db.breach.count()).toBe(2)
    house().fake.forward(LIFETIMES.breach.ms)
    await ask()
    expect((await db.breach.findMany()).map(({ liftedAt }) => liftedAt)).toEqual([null])
    await db.approval.deleteMany()
    await db.breach.deleteMany()
  })
})
