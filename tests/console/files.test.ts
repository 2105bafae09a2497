import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepFile } from '../../bot/conversation/files.js'
import { FILE_MAX_BYTES } from '../../bot/limits.js'
import { newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'
import { JPEG, OGG, PDF, PNG, TRAP } from './samples.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.end())

type Client = Awaited<ReturnType<typeof newClient>>

/** The client sends a file that has been fetched already, under what the messenger says it is. */
async function sends(
  client: Client,
  kind: 'photo' | 'voice' | 'document',
  mime: string,
  name: string,
  content: Uint8Array,
) {
  const { wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: client.personId } })
  const id = randomUUID()
  const drawer = desk.store.vault.drawer(client.personId, wrappedKey ?? new Uint8Array())
  await desk.files.write(id, drawer, content)
  await desk.store.db.file.create({
    data: {
      id,
      personId: client.personId,
      kind,
      mime,
      bytes: content.length,
      name: drawer.seal('file.name', name),
      channel: 'telegram',
      state: 'kept',
    },
  })
  await client.says({ text: '' }, [{ kind, mime, bytes: content.length, name, stored: id }])
  return id
}

describe('a client’s file', () => {
  it('S34 is drawn, played or previewed on the page, under a fixed name and in a world of its own', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    const photo = await sends(client, 'photo', 'image/jpeg', 'me.jpg', JPEG)
    const voice = await sends(client, 'voice', 'audio/ogg', 'v.ogg', OGG)
    const paper = await sends(client, 'document', 'application/pdf', '"; filename="evil.exe', PDF)
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).toMatch(new RegExp(`<img src="/desk/cases/${code}/files/${photo}"`))
    expect(page).toMatch(new RegExp(`<audio[^>]*src="/desk/cases/${code}/files/${voice}"`))
    expect(page).toMatch(new RegExp(`<iframe[^>]*data-src="/desk/cases/${code}/files/${paper}#`))

    const answer = await me.get(`/desk/cases/${code}/files/${photo}`)
    expect(answer.rawPayload.equals(JPEG)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="photo-${photo.slice(0, 8)}.jpg"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
    const pdf = await me.get(`/desk/cases/${code}/files/${paper}`)
    expect(pdf.headers['content-disposition']).toBe(`inline; filename="document-${paper.slice(0, 8)}.pdf"`)
  })

  it('S42 that is a picture stays hidden when the client is under eighteen: the one who has the case may look, and it is recorded', async () => {
    const me = await signIn(desk)
    const other = await signIn(desk)
    await desk.store.db.staff.updateMany({ data: { skills: ['safeguarding'] } })
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await desk.store.db.case.update({ where: { code }, data: { minor: true, need: 'safeguarding' } })
    const photo = await sends(client, 'photo', 'image/jpeg', 'me.jpg', JPEG)
    const asPaper = await sends(client, 'document', 'image/png', 'scan.png', PNG)
    const paper = await sends(client, 'document', 'application/pdf', 'school.pdf', PDF)
    await me.post(`/desk/cases/${code}/claim`)
    const page = (await me.get(`/desk/cases/${code}`)).body
    expect(page).not.toMatch(new RegExp(`src="[^"]*(${photo}|${asPaper})`))
    expect(page).toContain('it is passed on nowhere')
    expect(page).toContain(paper)
    expect((await other.get(`/desk/cases/${code}`)).body).not.toContain(`name="file" value="${photo}"`)
    for (const id of [photo, asPaper]) {
      expect((await me.get(`/desk/cases/${code}/files/${id}`)).statusCode).toBe(404)
      expect((await other.post(`/desk/cases/${code}/held`, { file: id })).statusCode).toBe(409)
    }
    const looks = () => desk.store.db.audit.count({ where: { action: 'file.shown', object: code } })
    expect(await looks()).toBe(0)
    const shown = await me.post(`/desk/cases/${code}/held`, { file: photo })
    expect(shown.statusCode, shown.body.slice(0, 200)).toBe(200)
    expect(shown.rawPayload.equals(JPEG)).toBe(true)
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(await looks()).toBe(1)
    expect((await me.post(`/desk/cases/${code}/held`, { file: randomUUID() })).statusCode).toBe(404)
    await desk.store.db.staff.updateMany({ data: { skills: [] } })
  })

  it('S34 that only pretends to be a picture is saved, never opened', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    for (const mime of ['image/jpeg', 'text/html', 'image/svg+xml', 'application/xhtml+xml']) {
      const id = await sends(client, 'photo', mime, 'x.jpg', TRAP)
      const answer = await me.get(`/desk/cases/${code}/files/${id}`)
      expect(answer.headers['content-type']).toBe('application/octet-stream')
      expect(answer.headers['content-disposition']).toBe(`attachment; filename="photo-${id.slice(0, 8)}.bin"`)
    }
  })

  it('is told apart while it is on its way, and when it will not come', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await client.says({ text: '' }, [{ kind: 'photo', mime: 'image/jpeg', bytes: 9, ref: 'far away' }])
    expect((await me.get(`/desk/cases/${code}`)).body).toContain('The file is loading…')
    await desk.store.db.file.updateMany({ where: { personId: client.personId }, data: { state: 'failed' } })
    expect((await me.get(`/desk/cases/${code}`)).body).toContain('could not be fetched')
  })

  it('is given only with its own case', async () => {
    const me = await signIn(desk)
    const one = await newClient(desk)
    const other = await newClient(desk)
    await one.asksForHuman()
    const code = await other.asksForHuman()
    const id = await sends(one, 'photo', 'image/jpeg', 'x.jpg', JPEG)
    expect((await me.get(`/desk/cases/${code}/files/${id}`)).statusCode).toBe(404)
    expect((await me.get(`/desk/cases/${code}/files/..%2f..%2fkey`)).statusCode).toBe(404)
    expect((await me.get(`/desk/cases/${code}/files/${randomUUID()}`)).statusCode).toBe(404)
  })

  it('can be played from the middle', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    const id = await sends(client, 'voice', 'audio/ogg', 'v.ogg', OGG)
    const part = async (range: string) => me.get(`/desk/cases/${code}/files/${id}`, { range })
    const middle = await part('bytes=4-9')
    expect(middle.statusCode).toBe(206)
    expect(middle.headers['content-range']).toBe(`bytes 4-9/${OGG.length}`)
    expect(middle.rawPayload.equals(OGG.subarray(4, 10))).toBe(true)
    expect((await part('bytes=4-')).rawPayload.equals(OGG.subarray(4))).toBe(true)
    expect((await part('bytes=-3')).rawPayload.equals(OGG.subarray(-3))).toBe(true)
    expect((await part(`bytes=${OGG.length}-`)).statusCode).toBe(416)
    expect((await part('bytes=nonsense')).rawPayload.equals(OGG)).toBe(true)
  })

  it('has a name that cannot turn the line around', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await sends(client, 'document', 'application/msword', 'invoice\u202Ecod.exe', TRAP)
    expect((await me.get(`/desk/cases/${code}`)).body).toContain('>invoicecod.exe<')
  })
})

describe('a consultant’s file', () => {
  it('goes out once with its words, and a repeated request leaves nothing behind', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    const request = randomUUID()
    const file = { name: 'form.png', mime: 'image/png', content: PNG }
    expect((await me.reply(code, { text: 'Fill this in', request, file })).statusCode).toBe(200)
    expect((await me.reply(code, { text: 'Fill this in', request, file })).statusCode).toBe(200)
    const files = await desk.store.db.file.findMany({ where: { personId: client.personId } })
    expect(files).toHaveLength(1)
    const sent = await desk.store.db.message.findMany({ where: { author: 'staff', fileId: files[0]?.id ?? '' } })
    expect(sent).toHaveLength(1)
    const own = await me.get(`/desk/cases/${code}/files/${files[0]?.id}`)
    expect(own.rawPayload.equals(PNG)).toBe(true)
  })

  it('with more words than a caption holds follows them as a message of its own', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    await me.reply(code, { text: 'a'.repeat(1500), file: { name: 'form.png', mime: 'image/png', content: PNG } })
    const sent = await desk.store.db.message.findMany({
      where: { author: 'staff', conversationId: client.conversationId },
      orderBy: { id: 'asc' },
    })
    expect(sent.map(({ fileId }) => fileId !== null)).toEqual([false, true])
  })

  it('S34 too big or of a wrong kind is refused in words, and not kept', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    await me.post(`/desk/cases/${code}/claim`)
    const big = { name: 'big.bin', mime: 'image/png', content: new Uint8Array(FILE_MAX_BYTES + 1) }
    expect((await me.reply(code, { file: big })).json()).toEqual({
      code: 'fileTooBig',
      error: 'The file is too big: 20 MB at most.',
    })
    const program = { name: 'form.pdf', mime: 'application/pdf', content: Buffer.from('MZ\u0000\u0001 a program') }
    expect((await me.reply(code, { file: program })).json()).toMatchObject({ code: 'fileKind' })
    expect(await desk.store.db.file.count({ where: { personId: client.personId } })).toBe(0)
  })

  it('is not even read from somebody without the right to answer', async () => {
    const me = await signIn(desk, { role: 'administrator' })
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    expect((await me.reply(code, { file: { name: 'x.png', mime: 'image/png', content: PNG } })).statusCode).toBe(403)
    expect(await desk.store.db.file.count({ where: { personId: client.personId } })).toBe(0)
  })

  it('is not kept when the case belongs to somebody else', async () => {
    const me = await signIn(desk)
    const client = await newClient(desk)
    const code = await client.asksForHuman()
    expect((await me.reply(code, { file: { name: 'x.png', mime: 'image/png', content: PNG } })).statusCode).toBe(409)
    expect(await desk.store.db.file.count({ where: { personId: client.personId } })).toBe(0)
  })
})

it('keeps no word of a file readable on the disk', async () => {
  const client = await newClient(desk)
  const { wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: client.personId } })
  const content = Buffer.from('canary words in a file, long enough to be a text')
  const id = await keepFile(
    desk.store,
    desk.files,
    { id: client.personId, wrappedKey: wrappedKey ?? new Uint8Array() },
    'telegram',
    { mime: 'text/plain', name: 'canary.txt', content },
  )
  const row = await desk.store.db.file.findUniqueOrThrow({ where: { id } })
  expect(Buffer.from(row.name ?? []).toString('latin1')).not.toContain('canary')
})
