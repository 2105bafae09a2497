/** What reaches the other side of a conversation: a file without the traces of its maker, unless they asked for it as it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../adapters/web/channel.js'
import { readConfig } from '../../bot/config.js'
import { createFileFetcher, loadFile } from '../../bot/conversation/files.js'
import { keepReplyFile } from '../../bot/desk/reply-file.js'
import { onlyOrientation } from '../../bot/files/exif.js'
import { openHouse, type WholeHouse } from '../../bot/house.js'
import { createFileStore } from '../../bot/store/files.js'
import { wantsAsItIs } from '../../bot/text/as-it-is.js'
import { LANGUAGES } from '../../bot/text/languages.js'
import { createPerson, words } from '../adapters/web/harness.js'
import { bareJpeg, exifOf, jpegOf } from '../files/made.js'
import { suiteLog } from '../logs.js'
import { type Database, embeddedDatabase, KEY } from '../store/databases.js'
import { inHouse, inQueue, rowsOf, stranger } from './stories.js'

const PHOTO = jpegOf(6)
const BARE = bareJpeg(onlyOrientation(exifOf(6)))

describe('S11 a photo sent by the web chat', () => {
  let database: Database
  let house: WholeHouse
  let url: string
  beforeAll(async () => {
    database = await embeddedDatabase()
    await database.store.close()
    const log = suiteLog()
    house = await openHouse({
      config: readConfig({ DATA_DIR: database.dataDir, RAHNAMO_KEY: KEY.toString('base64') }),
      log,
      channels: ({ texts }) => [createWebChannel({ log, secret: 'a secret of the test', words: texts })],
    })
    url = await house.app.listen({ port: 0, host: '127.0.0.1' })
    for (const channel of house.channels) await channel.start(house.conversation.ports)
  })
  afterAll(async () => {
    await house.close()
    await database.drop()
  })

  it.each([
    ['вот мой договор', BARE],
    ['Как есть, пожалуйста', PHOTO],
  ])('with "%s" is kept, sealed, as it should be', async (caption, expected) => {
    const { store } = house
    const known = (await store.db.file.findMany({ select: { id: true } })).map(({ id }) => id)
    const person = await createPerson(url)
    await person.browser.get('chat?lang=ru')
    await person.text('привет')
    await person.file?.({ kind: 'photo', mime: 'image/jpeg', name: 'photo.jpg', content: PHOTO }, caption)
    const file = await store.db.file.findFirstOrThrow({ where: { id: { notIn: known } } })
    expect(file.bytes).toBe(expected.length)
    const loaded = await loadFile(store, createFileStore(database.dataDir), file.id, file.personId)
    expect(Buffer.from(loaded?.content ?? '')).toEqual(expected)
  })
})

inHouse('S11 a photo that is fetched from a messenger', (house) => {
  const photos = (n: number, text?: string) => ({
    kind: 'files' as const,
    files: Array.from({ length: n }, (_, at) => ({
      kind: 'photo' as const,
      mime: 'image/jpeg',
      bytes: 10,
      ref: `${at}`,
    })),
    ...(text && { text }),
  })
  const keptOf = async (address: string) => {
    const { person } = await rowsOf(house(), address)
    const files = await house().store.db.file.findMany({ where: { personId: person.id } })
    const { ports } = house().conversation
    const read = files.map(async ({ id }) =>
      Buffer.from((await ports.readFile('telegram', address, id))?.content ?? ''),
    )
    return Promise.all(read)
  }

  it('is kept without its traces; a whole album as it is, when its words say so', async () => {
    house().wire.fetchFile = async () => PHOTO
    const [anna, boris, vera] = [stranger(house()), stranger(house()), stranger(house())]
    await anna.receive(photos(1))
    await boris.receive(photos(2, 'as is: photos of the wall'))
    await vera.receive(photos(2, 'фото стены, как есть'))
    const fetcher = createFileFetcher(house(), house().files)
    await fetcher.drain()
    await fetcher.drain()
    expect(await keptOf(anna.address)).toEqual([BARE])
    expect(await keptOf(boris.address)).toEqual([PHOTO, PHOTO])
    expect(await keptOf(vera.address)).toEqual([BARE, BARE])
  })

  it('goes from a colleague to the client without its traces, too', { timeout: 120_000 }, async () => {
    const anna = await inQueue(house())
    const { person } = await rowsOf(house(), anna.address)
    const { code } = await house().store.db.case.findFirstOrThrow({ where: { personId: person.id } })
    await keepReplyFile(house().store, house().files, code, { mime: 'image/jpeg', name: 'x.jpg', content: PHOTO })
    expect(await keptOf(anna.address)).toEqual([BARE])
  })
})

describe('S11 the words for "as it is"', () => {
  it.each(LANGUAGES)('that the privacy text names are understood (%s)', (language) => {
    const named = /[«“„]([^«“„»”]+)[»”“][^«“„]*$/.exec(words.say(language, 'privacy:choice'))?.[1] ?? ''
    expect(named).not.toBe('')
    expect(wantsAsItIs(named)).toBe(true)
    expect(wantsAsItIs(`${named.toUpperCase()}. …`)).toBe(true)
  })

  it('are not found where people only talk', () => {
    for (const said of ['', 'вот договор', 'как естественно', 'original contract', 'jak je možné, že neplatí?', 'asis'])
      expect(wantsAsItIs(said)).toBe(false)
  })
})
