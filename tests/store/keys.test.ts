/** The master key: made once, kept closed, and the right one for its database (S28). */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../../bot/errors.js'
import { masterKey } from '../../bot/store/keys.js'
import { openStore, type Store } from '../../bot/store/store.js'
import { type Database, embeddedDatabase, KEY, SERVED, servedDatabase } from './databases.js'

describe('the key file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('S28 is made at first start, for its owner alone, and is the same from then on', () => {
    const key = masterKey({ folder })
    expect(key).toHaveLength(32)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    expect(masterKey({ folder })).toEqual(key)
    expect(
      new Set([...Array(20)].map(() => masterKey({ folder: mkdtempSync(join(folder, 'k')) }).toString('hex'))).size,
    ).toBe(20)
  })

  it('needs a folder that can be made and written to; one that cannot be is named, with the remedy', () => {
    writeFileSync(join(folder, 'a-file'), '')
    for (const wrong of [join(folder, 'a-file'), join(folder, 'a-file/below')]) {
      expect(() => masterKey({ folder: wrong })).toThrow(expect.objectContaining({ code: 'FOLDER_UNUSABLE' }))
      expect(() => masterKey({ folder: wrong })).toThrow(/DATA_DIR/)
    }
  })

  it.each([0o640, 0o604, 0o660, 0o644])(
    'S28 that others can read (%o) stops the start, and says how to close it',
    (mode) => {
      masterKey({ folder })
      chmodSync(join(folder, 'key'), mode)
      expect(() => masterKey({ folder })).toThrow(expect.objectContaining({ code: 'KEY_OPEN' }))
      expect(() => masterKey({ folder })).toThrow(/chmod 600/)
    },
  )

  it('that was cut short is not taken for a key, and is not replaced: something may be sealed with the rest of it', () => {
    const whole = `${randomBytes(32).toString('base64')}\n`
    for (const length of [0, 1, 20, 42]) {
      writeFileSync(join(folder, 'key'), whole.slice(0, length), { mode: 0o600 })
      expect(() => masterKey({ folder })).toThrow(expect.objectContaining({ code: 'KEY_LENGTH' }))
      expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(whole.slice(0, length))
    }
  })
})

describe('a key from the environment', () => {
  it.each([
    ['too short', Buffer.alloc(16, 1).toString('base64'), 'KEY_LENGTH'],
    ['hexadecimal', randomBytes(32).toString('hex'), 'KEY_LENGTH'],
    ['a pattern', Buffer.alloc(32, 1).toString('base64'), 'KEY_WEAK'],
    ['a short word again and again', Buffer.from('password'.repeat(4)).toString('base64'), 'KEY_WEAK'],
  ])('S28 that is %s stops the start', (_, fromEnvironment, code) => {
    expect(() => masterKey({ fromEnvironment, folder: '/nowhere' })).toThrow(expect.objectContaining({ code }))
    expect(() => masterKey({ fromEnvironment, folder: '/nowhere' })).toThrow(SetupError)
  })

  it('S28 never stands in what the start says about it', () => {
    const fromEnvironment = Buffer.from('canary-canary-canary').toString('base64')
    try {
      masterKey({ fromEnvironment, folder: '/nowhere' })
    } catch (error) {
      expect(String(error)).not.toContain(fromEnvironment)
      return
    }
    expect.unreachable()
  })
})

describe.each([
  ['embedded', true, embeddedDatabase],
  ['PostgreSQL', SERVED, servedDatabase],
] as const)('a wrong key on data that is there (%s)', (_, there, make) => {
  const stories = there ? it : it.skip
  let database: Database & { url?: string }
  afterEach(() => database.drop())
  const openWith = (key: Uint8Array): Promise<Store> =>
    openStore({ dataDir: database.dataDir, databaseUrl: database.url, key })

  stories('stops the start with the remedy; the right one still opens everything', async () => {
    database = await make()
    await database.store.close()
    const wrong = openWith(randomBytes(32))
    await expect(wrong).rejects.toThrow(SetupError)
    await expect(wrong).rejects.toMatchObject({ code: 'KEY_WRONG', message: expect.stringContaining('RAHNAMO_KEY') })
    await (await openWith(KEY)).close()
  })

  stories('is noticed too on a database from before there was a proof', async () => {
    database = await make()
    const { store } = database
    const person = await store.db.person.create({ data: {} })
    await store.db.person.update({ where: { id: person.id }, data: { wrappedKey: store.vault.newKey(person.id) } })
    await store.sql('delete from key_check')
    await store.close()
    await expect(openWith(randomBytes(32))).rejects.toMatchObject({ code: 'KEY_WRONG' })
    await (await openWith(KEY)).close()
    await expect(openWith(randomBytes(32))).rejects.toMatchObject({ code: 'KEY_WRONG' })
  })
})
