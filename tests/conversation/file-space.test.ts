/** How many files one person may leave in a day, and the house hold as a whole: told kindly, words never lost, danger passes (S34). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncomingFile } from '../../bot/conversation/channel.js'
import { ALL, createFileSpace, FILES_A_DAY, MEGABYTES_A_DAY, within } from '../../bot/conversation/file-space.js'
import { UserError } from '../../bot/errors.js'
import { type TestHouse, testHouse } from '../house.js'
import { suiteLog } from '../logs.js'
import { atAsk, inQueue, rowsOf } from './stories.js'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.end())

const MEGABYTE = 1024 * 1024
const photo = (bytes = 10): IncomingFile => ({ kind: 'photo', mime: 'image/png', bytes, ref: 'a picture' })
const say = (key: string) => house.mind.words.say('ru', key)

/** Files that somebody sent earlier, without the sending. */
async function sentEarlier(address: string, files: number, bytes: number, at = house.fake.now()): Promise<void> {
  const { person } = await rowsOf(house, address)
  const row = { personId: person.id, kind: 'photo', mime: 'image/png', bytes, channel: 'telegram', state: 'kept' }
  await house.store.db.file.createMany({ data: Array.from({ length: files }, () => ({ ...row, createdAt: at })) })
}
const kept = async (address: string) =>
  house.store.db.file.count({ where: { personId: (await rowsOf(house, address)).person.id } })
const lastWords = async (address: string) => {
  const { messages, drawer } = await rowsOf(house, address)
  const last = messages.findLast(({ direction }) => direction === 'in')
  return last?.body ? drawer.openJson<{ text: string }>('message.body', last.body).text : undefined
}

describe('the files of one person', () => {
  it('S34 are taken up to a number in a day; then it is told kindly, once, and the words beside still arrive', async () => {
    const anna = await inQueue(house)
    await sentEarlier(anna.address, FILES_A_DAY - 1, 1000)
    await anna.does({ kind: 'files', files: [photo()], text: 'Паспорт' })
    expect(await kept(anna.address)).toBe(FILES_A_DAY)
    anna.hears()
    await anna.does({ kind: 'files', files: [photo(), photo()], text: 'И ещё договор' })
    expect(await kept(anna.address)).toBe(FILES_A_DAY)
    expect(await lastWords(anna.address)).toBe('И ещё договор')
    await anna.does({ kind: 'files', files: [photo()] })
    expect(anna.hears().filter(({ text }) => text === say('errors:filesEnough'))).toHaveLength(1)
    await anna.writes('Завтра пришлю остальное')
    expect(await lastWords(anna.address)).toBe('Завтра пришлю остальное')
  })

  it('S34 are taken up to a size in a day, and again the day after', async () => {
    const boris = await inQueue(house)
    await sentEarlier(boris.address, 10, (MEGABYTES_A_DAY / 10) * MEGABYTE)
    await boris.does({ kind: 'files', files: [photo()] })
    expect(await kept(boris.address)).toBe(10)
    house.fake.forward(24 * 3_600_000 + 1)
    await boris.does({ kind: 'files', files: [photo()] })
    expect(await kept(boris.address)).toBe(11)
  })

  it('S34 do not count against anybody else', async () => {
    const [vera, gleb] = [await inQueue(house), await inQueue(house)]
    await sentEarlier(vera.address, FILES_A_DAY, 1)
    await gleb.does({ kind: 'files', files: [photo()] })
    expect(await kept(gleb.address)).toBe(1)
  })

  it('S34 pass when there is danger: by the words beside, and as long as the case is urgent', async () => {
    const dina = await inQueue(house)
    await sentEarlier(dina.address, FILES_A_DAY, 1)
    await dina.does({ kind: 'files', files: [photo()], text: 'Он меня убьёт, вот фото' })
    expect(await kept(dina.address)).toBe(FILES_A_DAY + 1)
    await dina.does({ kind: 'files', files: [photo(), photo()] })
    expect(await kept(dina.address)).toBe(FILES_A_DAY + 3)
    expect(dina.hears().some(({ text }) => text === say('errors:filesEnough'))).toBe(false)
  })

  it('S34 that a page uploads are judged by the same measure, before they are kept', async () => {
    const egor = await atAsk(house)
    await sentEarlier(egor.address, FILES_A_DAY, 1)
    const { ports } = house.conversation
    const bring = (caption: string) =>
      ports.keepFile('telegram', egor.address, {
        mime: 'text/plain',
        name: 'a.txt',
        content: Buffer.from('text'),
        caption,
      })
    const refused = await bring('вот').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UserError)
    expect(refused).toMatchObject({ code: 'filesEnough' })
    const inDanger = await bring('меня заперли и бьют')
    expect(await ports.readFile('telegram', egor.address, inDanger)).toBeDefined()
    await egor.does({ kind: 'files', files: [{ ...photo(), refused: true }], text: 'вот договор' })
    expect(egor.hears().some(({ text }) => text === say('errors:filesEnough'))).toBe(true)
    expect(await lastWords(egor.address)).toBe('вот договор')
  })
})

describe('all files together', () => {
  const spaceOf = (maxBytes: number, lines: string[] = []) =>
    createFileSpace({
      store: house.store,
      clock: house.fake.now,
      log: suiteLog((line) => void lines.push(line)),
      maxBytes,
    })
  const held = async () =>
    Number((await house.store.db.file.aggregate({ _sum: { bytes: true }, where: { state: 'kept' } }))._sum.bytes ?? 0)

  it('S34 are limited as a whole: somebody is warned before it comes to that', async () => {
    const fedor = await inQueue(house)
    await sentEarlier(fedor.address, 1, MEGABYTE)
    const { person } = await rowsOf(house, fedor.address)
    const bytes = await held()
    const lines: string[] = []
    expect(await spaceOf(bytes * 2, lines).filling()).toBe('room')
    expect(lines.join('')).toBe('')
    expect(await spaceOf(bytes * 1.1, lines).filling()).toBe('filling')
    expect(lines.join('')).toContain('FILES_FILLING')
    const full = spaceOf(bytes, lines)
    expect(await full.filling()).toBe('full')
    expect(lines.join('')).toContain('FILES_FULL')
    expect(await full.left(house.store.sql, person.id, house.fake.now())).toMatchObject({ files: 0, why: 'filesFull' })
  })

  it('S34 are told of where the house says how it is', async () => {
    const answer = await house.app.inject('/readyz')
    expect(answer.json()).toMatchObject({ status: 'ready', files: 'room' })
  })
})

describe('what is left', () => {
  it('is given to the files of one message in their order, and never asked of what is kept already', () => {
    const files = [photo(5), photo(50), { ...photo(1), stored: 'x' }, photo(5), photo(5)]
    expect(within({ files: 2, bytes: 20, why: 'filesEnough' }, files)).toEqual([files[0], files[2], files[3]])
    expect(within(ALL, files)).toEqual(files)
    expect(within(ALL, [{ ...photo(), refused: true }])).toEqual([])
  })
})
