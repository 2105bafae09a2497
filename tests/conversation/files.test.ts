/** Files of a conversation: fetched after the message is taken, kept encrypted, and never lost to a full disk in silence. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DeliveryError } from '../../bot/conversation/channel.js'
import { createFileFetcher, judgeFile } from '../../bot/conversation/files.js'
import { FILE_MAX_BYTES } from '../../bot/limits.js'
import { createFileStore, type FileStore } from '../../bot/store/files.js'
import { createVault } from '../../bot/store/vault.js'
import { pngOf } from '../files/made.js'
import { person } from '../house.js'
import { filesOf, shapesOf } from '../people/everything.js'
import { KEY } from '../store/databases.js'
import { atAsk, inHouse, inQueue, rowsOf } from './stories.js'

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex')

inHouse('a file that a person sends', (house) => {
  const photo = (ref: string) => ({
    kind: 'files' as const,
    files: [{ kind: 'photo' as const, mime: 'image/jpeg', bytes: 10, ref }],
  })
  const fileOf = async (address: string) => {
    const { person } = await rowsOf(house(), address)
    return house().store.db.file.findFirstOrThrow({ where: { personId: person.id } })
  }
  const pristine = () => async (_: string) => JPEG

  it('is fetched, kept sealed, and read again by its person alone', async () => {
    house().wire.fetchFile = pristine()
    const [anna, boris] = [await inQueue(house()), await inQueue(house())]
    await anna.does(photo('annas'))
    const file = await fileOf(anna.address)
    expect(file.state).toBe('kept')
    expect(file.ref).toBeNull()
    const { ports } = house().conversation
    expect(Buffer.from((await ports.readFile('telegram', anna.address, file.id))?.content ?? '')).toEqual(JPEG)
    expect(await ports.readFile('telegram', boris.address, file.id)).toBeUndefined()
    expect(await ports.readFile('telegram', 'nobody', file.id)).toBeUndefined()
  })

  it('is kept for somebody who sends it as the very first thing, and answered', async () => {
    const { ports } = house().conversation
    const me = person(house(), 'a file before all words')
    const file = { mime: 'image/jpeg', name: 'first.jpg', content: JPEG, caption: '' }
    const [stored, again] = await Promise.all([
      ports.keepFile('telegram', me.address, file),
      ports.keepFile('telegram', me.address, file),
    ])
    expect(await ports.readFile('telegram', me.address, again)).toBeDefined()
    await me.does({ kind: 'files', files: [{ kind: 'photo', mime: 'image/jpeg', bytes: JPEG.length, stored }] })
    expect(await ports.readFile('telegram', me.address, stored)).toBeDefined()
    expect(me.hears()).not.toEqual([])
  })

  it('is taken whatever its sender says that it is', async () => {
    house().wire.fetchFile = pristine()
    const anna = await inQueue(house())
    for (const mime of ['image/\u0000jpeg', '../../x', 'text/html; charset=\ud800', '']) {
      const files = [{ kind: 'photo' as const, mime, bytes: 10, ref: 'odd' }]
      await anna.does({ kind: 'files', files })
    }
    const { person: me } = await rowsOf(house(), anna.address)
    const rows = await house().store.db.file.findMany({ where: { personId: me.id } })
    expect(rows.map(({ state, mime }) => [state, mime])).toEqual(Array(4).fill(['kept', 'image/jpeg']))
    expect(house().logged()).not.toContain('a fault of ours')
  })

  it('is not there under a name that no file can have', async () => {
    const anna = await inQueue(house())
    const { ports } = house().conversation
    for (const id of ['x', '', '../../etc/passwd', '\u0000', '__proto__'])
      expect(await ports.readFile('telegram', anna.address, id)).toBeUndefined()
  })

  it('S27 lies on the disk sealed: neither its content nor its name can be read there', async () => {
    const canary = 'canary-in-a-picture'
    house().wire.fetchFile = async () => Buffer.concat([JPEG, Buffer.from(canary)])
    const anna = await inQueue(house())
    const file = { kind: 'photo' as const, mime: 'image/jpeg', bytes: 10, ref: 'sealed', name: `${canary}.jpg` }
    await anna.does({ kind: 'files', files: [file] })
    house().wire.fetchFile = pristine()
    const { id } = await fileOf(anna.address)
    const [path = ''] = filesOf(house()).filter((each) => each.endsWith(id))
    const { ports } = house().conversation
    const opened = await ports.readFile('telegram', anna.address, id)
    expect(Buffer.from(opened?.content ?? '').includes(canary)).toBe(true)
    const lying = readFileSync(path)
    expect(lying.length).toBeGreaterThan(JPEG.length)
    for (const shape of [...shapesOf(canary), JPEG]) expect(lying.includes(shape)).toBe(false)
    expect(filesOf(house()).join()).not.toContain(canary)
  })

  it('that the channel cannot give now is asked for again; one that it refuses is not', async () => {
    const anna = await inQueue(house())
    const { wire, fake } = house()
    let tries = 0
    wire.fetchFile = async () => {
      tries++
      throw new DeliveryError('retry', 'TELEGRAM_502')
    }
    await anna.does(photo('later'))
    expect((await fileOf(anna.address)).state).toBe('wanted')
    expect(tries).toBe(1)
    wire.fetchFile = pristine()
    fake.forward(60_000)
    await anna.settle()
    expect((await fileOf(anna.address)).state).toBe('kept')
    const boris = await inQueue(house())
    wire.fetchFile = async () => {
      throw new DeliveryError('refused', 'TELEGRAM_FILE_TOO_BIG')
    }
    await boris.does(photo('huge'))
    wire.fetchFile = pristine()
    expect((await fileOf(boris.address)).state).toBe('failed')
  })

  it('S34 that turns out to be no good is told of to whoever sent it: why, and once for an album', async () => {
    const { wire, fake, mind } = house()
    const told = (key: string) => mind.words.say('ru', `errors:${key}`, { megabytes: 20 })
    const huge = Buffer.from(pngOf())
    huge.writeUInt32BE(50_000, 16)
    huge.writeUInt32BE(50_000, 20)
    const anna = await inQueue(house())
    const album = { kind: 'files' as const, files: [photo('a'), photo('b'), photo('c')].flatMap(({ files }) => files) }
    const hears = async (content: Buffer | Error) => {
      wire.fetchFile = async () => {
        if (content instanceof Error) throw content
        return content
      }
      // What is said of the last one must not be taken for this one's
      fake.forward(60_000)
      anna.hears()
      await anna.does(album)
      const known = ['pictureTooLarge', 'fileKind', 'fileLost', 'fileTooBig']
      return anna.hears().flatMap(({ text }) => known.filter((key) => told(key) === text))
    }
    expect(await hears(huge)).toEqual(['pictureTooLarge'])
    expect(await hears(Buffer.from('<!doctype html><script>'))).toEqual(['fileKind'])
    expect(await hears(new DeliveryError('refused', 'TELEGRAM_FILE_404'))).toEqual(['fileLost'])
    expect(await hears(new DeliveryError('refused', 'SLACK_FILE_TOO_BIG'))).toEqual(['fileTooBig'])
    wire.fetchFile = pristine()
  })

  it('that does not fit on the disk stays wanted, says so, and comes when there is room', async () => {
    const anna = await inQueue(house())
    let full = true
    const store: FileStore = {
      ...house().files,
      async write(...args) {
        if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
        return house().files.write(...args)
      },
    }
    const fetcher = createFileFetcher(house(), store)
    await anna.receive(photo('big'))
    await fetcher.drain()
    expect((await fileOf(anna.address)).state).toBe('wanted')
    expect(house().logged()).toContain('ENOSPC')
    full = false
    house().fake.forward(60_000)
    await fetcher.drain()
    expect((await fileOf(anna.address)).state).toBe('kept')
  })

  it('that arrives after everything was erased is not kept', async () => {
    const anna = await atAsk(house())
    let arrive: () => void = () => undefined
    let asked: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      asked = resolve
    })
    house().wire.fetchFile = () =>
      new Promise((resolve) => {
        arrive = () => resolve(Buffer.from('late'))
        asked()
      })
    await anna.receive(photo('slow'))
    const file = await fileOf(anna.address)
    const fetcher = createFileFetcher(house(), house().files)
    const fetching = fetcher.drain()
    await begun
    await house().store.db.file.deleteMany({ where: { id: file.id } })
    arrive()
    await fetching
    house().wire.fetchFile = pristine()
    expect((await house().files.list()).map(({ id }) => id)).not.toContain(file.id)
  })
})

describe('what may be sent', () => {
  it('S34 is judged by its content and size', async () => {
    expect(await judgeFile({ mime: 'application/pdf', content: JPEG })).toEqual({ kind: 'photo', mime: 'image/jpeg' })
    await expect(judgeFile({ mime: 'image/jpeg', content: Buffer.from('MZ\x90\x00program') })).rejects.toMatchObject({
      code: 'fileKind',
    })
    await expect(judgeFile({ mime: 'text/html', content: Buffer.from('<script>') })).rejects.toMatchObject({
      code: 'fileKind',
    })
    await expect(judgeFile({ mime: 'image/jpeg', content: new Uint8Array(FILE_MAX_BYTES + 1) })).rejects.toMatchObject({
      code: 'fileTooBig',
    })
  })
})

/** A disk of 64 KB, where the machine lets us make one. */
const tiny = mkdtempSync(join(tmpdir(), 'rahnamo-'))
const mounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', tiny], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe('the file store', () => {
  const vault = createVault(KEY)
  const drawer = vault.drawer('p', vault.newKey('p'))
  const id = '12345678-0000-4000-8000-000000000000'
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  })
  afterAll(() => {
    if (mounted) execFileSync('umount', [tiny])
    rmSync(tiny, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  })

  it('lets only its owner look, and knows nothing but uuids', async () => {
    const files = createFileStore(folder)
    await files.write(id, drawer, Buffer.from('canary'))
    const path = (await files.list())[0]?.path ?? ''
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await expect(files.write('../../outside', drawer, JPEG)).rejects.toThrow()
    await expect(files.read('../../etc/passwd', drawer)).rejects.toThrow()
  })

  it('survives that two write the same file at once', async () => {
    const files = createFileStore(folder)
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000))
    await Promise.all(contents.map((content) => files.write(id, drawer, Buffer.from(content))))
    expect(contents).toContain(Buffer.from((await files.read(id, drawer)) ?? '').toString())
    expect(await files.list()).toHaveLength(1)
  })

  it.skipIf(!mounted)('says when the disk is full, leaves nothing half written, and keeps what was there', async () => {
    const files = createFileStore(tiny)
    await files.write(id, drawer, Buffer.from('small'))
    await expect(files.write(id, drawer, Buffer.alloc(200_000))).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(Buffer.from((await files.read(id, drawer)) ?? '').toString()).toBe('small')
    expect(readdirSync(join(tiny, 'files', '12'))).toEqual([id])
  })
})
