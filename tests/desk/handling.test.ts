/** What staff do with a case, where many do it at once; on both databases, because locks are the database's. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import type { StaffMember } from '../../bot/desk/access.js'
import { brokenLink } from '../../bot/desk/audit.js'
import { claim, claimNext } from '../../bot/desk/claiming.js'
import { addNote, close, release } from '../../bot/desk/handling.js'
import { queue } from '../../bot/desk/queue.js'
import { caseMessages } from '../../bot/desk/reading.js'
import { reply } from '../../bot/desk/replies.js'
import { cleanWords } from '../../bot/desk/words.js'
import type { Store } from '../../bot/store/store.js'
import { type DeskHouse, deskOn, newClient } from '../console/desk-house.js'
import { withDatabases } from '../store/databases.js'

async function deskFor(store: Store): Promise<DeskHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-desk-'))
  const desk = await deskOn(store, dataDir)
  onTestFinished(async () => {
    await desk.app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return desk
}

async function staff(desk: DeskHouse, count: number): Promise<StaffMember[]> {
  await Promise.all(
    Array.from({ length: count }, () => invite(desk.store, { role: 'consultant', language: 'ru', now: desk.clock() })),
  )
  return desk.store.db.staff.findMany({ orderBy: { alias: 'asc' } })
}

const codeOf = (error: unknown) => (error as { code?: unknown }).code

withDatabases('a case among many hands', (open) => {
  it('is claimed by one of twenty at once', async () => {
    const desk = await deskFor(await open())
    const code = await (await newClient(desk)).asksForHuman()
    const many = await staff(desk, 20)
    const results = await Promise.allSettled(many.map((each) => claim(desk.house, code, each)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) if (result.status === 'rejected') expect(codeOf(result.reason)).toBe('caseTaken')
    expect(await desk.store.db.audit.count({ where: { action: 'case.claim' } })).toBe(1)
    expect(await brokenLink(desk.store)).toBeUndefined()
  })

  it('goes to each who asks for the next, and to nobody twice', async () => {
    const desk = await deskFor(await open())
    for (let n = 0; n < 6; n++) await (await newClient(desk)).asksForHuman()
    const many = await staff(desk, 10)
    const given = await Promise.all(many.map((each) => claimNext(desk.house, each)))
    const codes = given.filter((code) => code !== undefined)
    expect(new Set(codes).size).toBe(6)
    expect(codes).toHaveLength(6)
  })

  it('loses no word of the client while it changes hands, and nobody waits for anybody for ever', async () => {
    const desk = await deskFor(await open())
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    const [one, two] = await staff(desk, 2)
    if (!one || !two) throw new Error('no staff')
    await claim(desk.house, code, one)
    const writes = Promise.all(Array.from({ length: 10 }, (_, n) => client.says({ text: `word ${n}` })))
    const works = async () => {
      for (let n = 0; n < 5; n++) {
        await reply(desk.house, code, one, { text: `answer ${n}`, requestId: randomUUID() })
        await release(desk.house, code, one)
        await claim(desk.house, code, n % 2 === 0 ? one : two)
        if (n % 2 !== 0) {
          await release(desk.house, code, two)
          await claim(desk.house, code, one)
        }
      }
    }
    await Promise.all([writes, works()])
    const { id } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    const texts = (await caseMessages(desk.store, id)).map(({ text }) => text)
    for (let n = 0; n < 10; n++) expect(texts).toContain(`word ${n}`)
    for (let n = 0; n < 5; n++) expect(texts).toContain(`answer ${n}`)
    expect(await brokenLink(desk.store)).toBeUndefined()
  })

  it('takes one request once, also from two processes at the same moment', async () => {
    const desk = await deskFor(await open())
    const code = await (await newClient(desk)).asksForHuman()
    const [me] = await staff(desk, 1)
    if (!me) throw new Error('no staff')
    await claim(desk.house, code, me)
    const words = { text: 'once', requestId: randomUUID() }
    const answers = await Promise.all([1, 2, 3, 4].map(() => reply(desk.house, code, me, words)))
    expect(answers.filter(Boolean)).toHaveLength(1)
    const notes = await Promise.all(
      [1, 2].map(() => addNote(desk.house, code, me, { ...words, requestId: randomUUID().replaceAll('-', '') })),
    )
    expect(notes).toEqual([true, true])
  })

  it('that failed may be tried again with the same request', async () => {
    const desk = await deskFor(await open())
    const code = await (await newClient(desk)).asksForHuman()
    const [me] = await staff(desk, 1)
    if (!me) throw new Error('no staff')
    const words = { text: 'once', requestId: randomUUID() }
    await expect(reply(desk.house, code, me, words)).rejects.toMatchObject({ code: 'notClaimed' })
    await claim(desk.house, code, me)
    expect(await reply(desk.house, code, me, words)).toBe(true)
  })

  it('ends only for its owner, and stands among the closed ones', async () => {
    const desk = await deskFor(await open())
    const code = await (await newClient(desk)).asksForHuman()
    const [me, other] = await staff(desk, 2)
    if (!me || !other) throw new Error('no staff')
    await claim(desk.house, code, me)
    await expect(close(desk.house, code, other, 'answered')).rejects.toMatchObject({
      code: 'caseTaken',
      values: { alias: me.alias },
    })
    await close(desk.house, code, me, 'met')
    await expect(release(desk.house, code, me)).rejects.toMatchObject({ code: 'caseClosed' })
    expect(await queue(desk.store, me)).toMatchObject([{ code, state: 'closed', outcome: 'met' }])
  })
})

describe('words of staff', () => {
  it('keep their lines and lose what no keyboard types', () => {
    expect(cleanWords(' a\r\nb\u0000\u0007\tc ')).toBe('a\nb\tc')
  })

  it('have an end', () => {
    expect(cleanWords('я'.repeat(8000))).toHaveLength(8000)
    expect(() => cleanWords('я'.repeat(8001))).toThrow('tooLong')
  })
})
