/** The master key: made once, kept closed, and the right one for its database (S28). */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../../bot/errors.js'
import { beginNewKey, forgetOldKey, masterKeys } from '../../bot/store/keys.js'
import { openStore, type Store } from '../../bot/store/store.js'
import { createWrapper, ringOf, SealError } from '../../bot/store/vault.js'
import { type Database, embeddedDatabase, KEY, SERVED, servedDatabase } from './databases.js'

const masterKey = (dataDir: string, key?: string) => masterKeys({ dataDir, key, previousKey: undefined }).key

/** The stories of a served database are skipped, and say so by their names, where none answers. */
const DATABASES = [
  ['embedded', true, embeddedDatabase],
  ['PostgreSQL', SERVED, servedDatabase],
] as const

const openWith = (database: Database & { url?: string }, key: Uint8Array, previousKey?: Uint8Array): Promise<Store> =>
  openStore({ dataDir: database.dataDir, databaseUrl: database.url, key, previousKey })

describe('the key file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('S28 is made at first start, for its owner alone, and is the same from then on', () => {
    const key = masterKey(folder)
    expect(key).toHaveLength(32)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    expect(masterKey(folder)).toEqual(key)
    expect(new Set([...Array(20)].map(() => masterKey(mkdtempSync(join(folder, 'k'))).toString('hex'))).size).toBe(20)
  })

  it('needs a folder that can be made and written to; one that cannot be is named, with the remedy', () => {
    writeFileSync(join(folder, 'a-file'), '')
    for (const wrong of [join(folder, 'a-file'), join(folder, 'a-file/below')]) {
      expect(() => masterKey(wrong)).toThrow(expect.objectContaining({ code: 'FOLDER_UNUSABLE' }))
      expect(() => masterKey(wrong)).toThrow(/DATA_DIR/)
    }
  })

  it.each([0o640, 0o604, 0o660, 0o644])(
    'S28 that others can read (%o) stops the start, and says how to close it',
    (mode) => {
      masterKey(folder)
      chmodSync(join(folder, 'key'), mode)
      expect(() => masterKey(folder)).toThrow(expect.objectContaining({ code: 'KEY_OPEN' }))
      expect(() => masterKey(folder)).toThrow(/chmod 600/)
    },
  )

  it('that was cut short is not taken for a key, and is not replaced: something may be sealed with the rest of it', () => {
    const whole = `${randomBytes(32).toString('base64')}\n`
    for (const length of [0, 1, 20, 42]) {
      writeFileSync(join(folder, 'key'), whole.slice(0, length), { mode: 0o600 })
      expect(() => masterKey(folder)).toThrow(expect.objectContaining({ code: 'KEY_LENGTH' }))
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
    expect(() => masterKey('/nowhere', fromEnvironment)).toThrow(expect.objectContaining({ code }))
    expect(() => masterKey('/nowhere', fromEnvironment)).toThrow(SetupError)
  })

  it('S28 never stands in what the start says about it', () => {
    const fromEnvironment = Buffer.from('canary-canary-canary').toString('base64')
    try {
      masterKey('/nowhere', fromEnvironment)
    } catch (error) {
      expect(String(error)).not.toContain(fromEnvironment)
      return
    }
    expect.unreachable()
  })
})

describe.each(DATABASES)('a wrong key on data that is there (%s)', (_, there, make) => {
  const stories = there ? it : it.skip
  let database: Database & { url?: string }
  afterEach(() => database.drop())

  stories('stops the start with the remedy; the right one still opens everything', async () => {
    database = await make()
    await database.store.close()
    const wrong = openWith(database, randomBytes(32))
    await expect(wrong).rejects.toThrow(SetupError)
    await expect(wrong).rejects.toMatchObject({ code: 'KEY_WRONG', message: expect.stringContaining('RAHNAMO_KEY') })
    await (await openWith(database, KEY)).close()
  })

  stories('is noticed too on a database from before there was a proof', async () => {
    database = await make()
    const { store } = database
    const person = await store.db.person.create({ data: {} })
    await store.db.person.update({ where: { id: person.id }, data: { wrappedKey: store.vault.newKey(person.id) } })
    const owned = createWrapper(KEY)
    await store.sql('delete from house_key')
    await store.sql('delete from key_check')
    await store.close()
    await expect(openWith(database, randomBytes(32))).rejects.toMatchObject({ code: 'KEY_WRONG' })
    const again = await openWith(database, KEY)
    const [{ wrapped } = { wrapped: new Uint8Array() }] = await again.sql<{ wrapped: Uint8Array }>(
      `select wrapped from house_key where name = 'hashing'`,
    )
    // It goes on with the keys that it had
    expect(owned.unwrap('house/hashing', wrapped)).toEqual(ringOf(KEY).hashing)
    await again.close()
    await expect(openWith(database, randomBytes(32))).rejects.toMatchObject({ code: 'KEY_WRONG' })
  })
})

describe.each(DATABASES)('a new master key (%s)', (_, there, make) => {
  const stories = there ? it : it.skip
  let database: Database & { url?: string }
  afterEach(() => database.drop())

  stories('S27 S28 opens everything that the old one did, and the old one opens nothing from then on', async () => {
    database = await make()
    const { store } = database
    const people = await Promise.all(
      [1, 2, 3].map(async (nth) => {
        const { id } = await store.db.person.create({ data: {} })
        const wrappedKey = store.vault.newKey(id)
        await store.db.person.update({ where: { id }, data: { wrappedKey } })
        const said = store.vault.drawer(id, wrappedKey).seal('test', `canary ${nth}`)
        return { id, said, old: wrappedKey, hash: store.vault.hash('address', 'telegram', String(nth)) }
      }),
    )
    const erased = await store.db.person.create({ data: {} })
    const ofHouse = store.vault.house.seal('group', 'a group')
    await store.close()

    const next = randomBytes(32)
    const renewed = await openWith(database, next, KEY)
    for (const [place, { id, said, old, hash }] of people.entries()) {
      const { wrappedKey } = await renewed.db.person.findUniqueOrThrow({ where: { id } })
      expect(renewed.vault.drawer(id, wrappedKey ?? new Uint8Array()).openText('test', said)).toBe(
        `canary ${place + 1}`,
      )
      expect(() => createWrapper(KEY).unwrap(`person/${id}`, wrappedKey ?? new Uint8Array())).toThrow(SealError)
      expect(() => renewed.vault.drawer(id, old)).toThrow(SealError)
      // People are found by the same hashes
      expect(renewed.vault.hash('address', 'telegram', String(place + 1))).toEqual(hash)
    }
    expect((await renewed.db.person.findUniqueOrThrow({ where: { id: erased.id } })).wrappedKey).toBeNull()
    expect(renewed.vault.house.openText('group', ofHouse)).toBe('a group')
    await renewed.close()

    await expect(openWith(database, KEY)).rejects.toMatchObject({ code: 'KEY_WRONG' })
    await expect(openWith(database, KEY, randomBytes(32))).rejects.toMatchObject({ code: 'KEY_WRONG' })
    // Asked for once more, after a crash between the database and the file, it changes nothing
    await (await openWith(database, next, KEY)).close()
    await (await openWith(database, next)).close()
  })
})

describe('a new key file', () => {
  it('stands beside the old one until the database knows it, whatever is cut off in between', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
    const keys = () => masterKeys({ dataDir: folder, key: undefined, previousKey: undefined })
    const first = keys().key
    beginNewKey(folder)
    beginNewKey(folder) // a second time, before the first is done
    expect(keys().previousKey).toEqual(first)
    expect(keys().key).not.toEqual(first)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    rmSync(join(folder, 'key')) // the power went before the new one was written
    expect(keys().previousKey).toEqual(first)
    forgetOldKey(folder)
    expect(keys().previousKey).toBeUndefined()
    rmSync(folder, { recursive: true })
  })
})
