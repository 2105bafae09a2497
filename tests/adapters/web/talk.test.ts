import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../../bot/errors.js'
import { createHouse, type House } from '../house.js'
import { createBrowser, createPerson, type Rig, startRig, words } from './harness.js'

type Answer = { code: string; note: string }
const answer = async (response: Response) => (await response.json()) as Answer

let house: House
let rig: Rig
let person: Awaited<ReturnType<typeof createPerson>>
beforeEach(async () => {
  house = createHouse()
  rig = await startRig(house, { urgent: (event) => event.kind === 'text' && event.text.includes('помогите') })
  person = await createPerson(rig.url)
  await person.browser.get('chat?lang=ru')
})
afterEach(() => rig.close())

const say = (body: Record<string, unknown>) => person.browser.post('chat/messages', { id: randomUUID(), ...body })

describe('With the page’s script', () => {
  it('a message tried again is the same update, and its key does not tell whose it is', async () => {
    const message = { id: randomUUID(), text: 'привет' }
    await person.browser.post('chat/messages', message)
    await person.browser.post('chat/messages', message)
    const [first, second] = house.offered
    expect(second).toMatchObject({ updateKey: first?.updateKey, messageKey: message.id })
    expect(first?.updateKey).not.toContain(person.address())
    expect(house.taken).toHaveLength(1)
  })

  it('the same id from another visitor is another update', async () => {
    const message = { id: randomUUID(), text: 'привет' }
    const other = await createPerson(rig.url)
    await person.browser.post('chat/messages', message)
    await other.browser.post('chat/messages', message)
    expect(house.taken).toHaveLength(2)
  })

  it('carries the chosen language as a first guess', async () => {
    await say({ command: 'start' })
    expect(house.taken[0]).toMatchObject({ locale: 'ru', event: { kind: 'command', name: 'start' } })
  })

  it('a house that is away is a sentence and a 503, so that the page keeps the message', async () => {
    house.before = () => {
      throw Object.assign(new Error('canary-words'), { code: 'ECONNREFUSED' })
    }
    const response = await say({ text: 'canary-words' })
    expect(response.status).toBe(503)
    expect((await answer(response)).note).toBe(words.say('ru', 'chat:note.trouble'))
    expect(rig.lines.map(({ fields }) => fields)).toContainEqual({ channel: 'web', code: 'ECONNREFUSED' })
    expect(JSON.stringify(rig.lines)).not.toContain('canary-words')
  })

  it('S33 writing faster than people do is slowed down kindly, but never a cry for help', async () => {
    for (let i = 0; i < 20; i++) expect((await say({ text: `${i}` })).status).toBe(200)
    const slowed = await say({ text: 'ещё' })
    expect(slowed.status).toBe(429)
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await answer(slowed)).note).toBe(words.say('ru', 'chat:note.tooFast'))
    expect((await say({ text: 'помогите, меня бьют' })).status).toBe(200)
    const other = await createPerson(rig.url)
    await other.text('я не спешу')
  })

  it('says in their language why something is not taken', async () => {
    const note = async (body: Record<string, unknown>) => (await answer(await say(body))).note
    expect(await note({ text: 'я'.repeat(8001) })).toContain('8')
    expect(await note({ text: 'я'.repeat(700_000) })).toContain('8')
    expect(await note({ text: '' })).toBe(words.say('ru', 'chat:note.empty'))
    const broken = await person.browser.send('chat/messages', {
      method: 'POST',
      body: '{',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    })
    expect(broken.status).toBe(400)
  })

  it('takes nothing from other sites, and nothing from nobody', async () => {
    const body = { id: randomUUID(), text: 'привет' }
    const cross = await person.browser.post('chat/messages', body, { 'sec-fetch-site': 'cross-site' })
    expect(cross.status).toBe(403)
    const elsewhere = { 'sec-fetch-site': 'same-site', origin: 'https://evil.example' }
    expect((await person.browser.post('chat/files', body, elsewhere)).status).toBe(403)
    expect((await person.browser.post('chat/leave', {}, elsewhere)).status).toBe(403)
    const nobody = createBrowser(rig.url)
    expect((await nobody.post('chat/messages', body)).status).toBe(403)
    expect((await nobody.get('chat/messages')).status).toBe(403)
    expect((await nobody.get('chat/events')).status).toBe(403)
    expect(house.offered).toEqual([])
  })

  it('another language is told to the bot once the conversation has begun', async () => {
    await person.browser.post('chat/language', { language: 'uz' })
    expect(house.offered).toEqual([])
    await say({ command: 'start' })
    await person.browser.post('chat/language', { language: 'kk', id: randomUUID() })
    expect(house.taken.at(-1)?.event).toEqual({ kind: 'command', name: 'language', argument: 'kk' })
    expect(person.browser.jar.get('lang')).toBe('kk')
    expect((await person.browser.post('chat/language', { language: 'xx' })).status).toBe(400)
  })
})

describe('Without scripts', () => {
  const form = async (path = 'chat') => {
    const page = await (await person.browser.get(path)).text()
    return /id="write"[\s\S]*?name="id" value="([^"]+)"/.exec(page)?.[1] ?? ''
  }

  it('a form sends, waits for the answer, and comes back to the page with it', async () => {
    const id = await form()
    const sent = person.browser.submit('chat/messages', { id, text: 'что мне делать?' })
    await house.take(1)
    await house.say(rig.channel, { address: person.address(), text: 'Вот ответ.' })
    const response = await sent
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('../chat#end')
    const page = await (await person.browser.get('chat')).text()
    expect(page).toMatch(/что мне делать\?[\s\S]*Вот ответ\./)
  })

  it('a form sent twice is one message; another text or button of the same form is another', async () => {
    const id = await form()
    await person.browser.submit('chat/messages', { id, text: 'да' })
    await person.browser.submit('chat/messages', { id, text: 'да' })
    await person.browser.submit('chat/messages', { id, text: 'нет' })
    await person.browser.submit('chat/messages', { id, button: 'go:menu', message: '1' })
    expect(house.taken.map(({ event }) => event.kind)).toEqual(['text', 'text', 'button'])
  })

  it('what is refused stays written, on a page whose links still lead home', async () => {
    house.before = () => Promise.reject(new Error('away'))
    const response = await person.browser.submit('chat/messages', { id: await form(), text: 'важное <b>&' })
    expect(response.status).toBe(503)
    const page = await response.text()
    expect(page).toContain('<base href="../">')
    expect(page).toContain(words.say('ru', 'chat:note.trouble'))
    expect(page).toContain('важное &lt;b&gt;&amp;</textarea>')
  })

  it('the page comes with a sentence when the history is away, and does not greet again', async () => {
    house.history = () => Promise.reject(new Error('away'))
    const response = await person.browser.get('chat')
    expect(response.status).toBe(503)
    const page = await response.text()
    expect(page).toContain(words.say('ru', 'chat:note.trouble'))
    expect(page).not.toContain('data-begins')
  })

  it('a file goes by a form, too', async () => {
    const data = new FormData()
    data.set('id', randomUUID())
    data.set('file', new File(['договор'], 'договор.txt', { type: 'text/plain' }))
    const sent = person.browser.upload(data, 'text/html')
    const [incoming] = await house.take(1)
    expect(incoming?.event).toMatchObject({ kind: 'files', files: [{ name: 'договор.txt', kind: 'document' }] })
    await house.say(rig.channel, { address: person.address(), text: 'Спасибо.' })
    expect((await sent).status).toBe(303)
  })
})

describe('Files', () => {
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const upload = (...files: [content: Uint8Array, name: string, type: string][]) => {
    const data = new FormData()
    data.set('id', randomUUID())
    for (const [content, name, type] of files) data.append('file', new File([Buffer.from(content)], name, { type }))
    return person.browser.upload(data)
  }
  const storedId = () => {
    const event = house.taken.at(-1)?.event
    return event?.kind === 'files' ? (event.files[0]?.stored ?? '') : ''
  }

  it('S34 are known by their content, and given only to their own visitor', async () => {
    expect((await upload([PNG, '../../этот.pdf', 'application/pdf'])).status).toBe(200)
    expect(house.taken[0]?.event).toMatchObject({ files: [{ kind: 'photo', mime: 'image/png', name: 'этот.pdf' }] })
    house.readFile = async (_channel, address, id) =>
      address === person.address()
        ? { id, kind: 'photo', mime: 'image/png', name: 'этот.pdf', content: PNG }
        : undefined
    const mine = await person.browser.get(`chat/files/${storedId()}`)
    expect(mine.headers.get('content-type')).toBe('image/png')
    expect(mine.headers.get('content-security-policy')).toContain('sandbox')
    expect(mine.headers.get('x-content-type-options')).toBe('nosniff')
    expect(mine.headers.get('cache-control')).toBe('no-store')
    expect(mine.headers.get('content-disposition')).toBe('inline')
    const other = await createPerson(rig.url)
    expect((await other.browser.get(`chat/files/${storedId()}`)).status).toBe(404)
    expect((await createBrowser(rig.url).get(`chat/files/${storedId()}`)).status).toBe(404)
  })

  it('S34 that could run something are only ever downloads with a name of ours', async () => {
    for (const mime of ['text/html', 'image/svg+xml', 'application/pdf', 'application/x-whatever']) {
      house.readFile = async (_channel, _address, id) => ({
        id,
        kind: 'document',
        mime,
        name: '"\r\nx: y.html',
        content: PNG,
      })
      const file = await person.browser.get('chat/files/1')
      expect(file.headers.get('content-type')).toBe('application/octet-stream')
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="document\.(html|bin|pdf)"$/)
    }
  })

  it('are given in parts to players that ask so', async () => {
    const content = Buffer.from('0123456789')
    house.readFile = async (_channel, _address, id) => ({
      id,
      kind: 'voice',
      mime: 'audio/ogg',
      name: 'голос',
      content,
    })
    const part = async (range: string) => {
      const response = await person.browser.get('chat/files/1', { range })
      return [response.status, await response.text(), response.headers.get('content-range')]
    }
    expect(await part('bytes=2-4')).toEqual([206, '234', 'bytes 2-4/10'])
    expect(await part('bytes=7-')).toEqual([206, '789', 'bytes 7-9/10'])
    expect(await part('bytes=-2')).toEqual([206, '89', 'bytes 8-9/10'])
    expect(await part('bytes=5-99')).toEqual([206, '56789', 'bytes 5-9/10'])
    expect(await part('bytes=10-')).toEqual([416, '', 'bytes */10'])
    expect(await part('bytes=1-2,4-5')).toEqual([200, '0123456789', null])
  })

  it('S34 of more than 20 MB are refused with a sentence, and what the house refuses in its words', async () => {
    const big = await upload([Buffer.alloc(21 * 1024 * 1024), 'фильм.mp4', 'video/mp4'])
    expect(big.status).toBe(413)
    expect((await answer(big)).note).toContain('20 МБ')
    const parts = Array.from({ length: 3 }, (): [Buffer, string, string] => [
      Buffer.alloc(7 * 1024 * 1024),
      'a.jpg',
      'image/jpeg',
    ])
    expect((await upload(...parts)).status).toBe(413)
    house.keepFile = () => Promise.reject(new UserError('fileKind'))
    const odd = await upload([Buffer.from('MZ'), 'a.exe', 'application/x-msdownload'])
    expect(odd.status).toBe(422)
    expect((await answer(odd)).note).toBe(words.say('ru', 'errors:fileKind'))
    expect((await upload()).status).toBe(400)
    const many = Array.from({ length: 11 }, (): [Buffer, string, string] => [PNG, 'a.png', 'image/png'])
    expect((await upload(...many)).status).toBe(413)
    expect(house.offered).toEqual([])
  })

  it('S34 for which there is no room today let the words beside them arrive, and the house says why', async () => {
    for (const code of ['filesEnough', 'filesFull']) {
      house.keepFile = () => Promise.reject(new UserError(code))
      expect((await upload([PNG, 'a.png', 'image/png'])).status).toBe(200)
      const { event } = house.taken.at(-1) ?? {}
      expect(event).toMatchObject({ kind: 'files', files: [{ kind: 'photo', refused: true }] })
      expect(JSON.stringify(event)).not.toContain('stored')
    }
  })

  it('that came torn, or were never a form, are refused as something not understood, and not as trouble of ours', async () => {
    const whole = '--XX\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\nwords\r\n--XX--\r\n'
    const torn: [body: string, boundary: string][] = [
      [whole.slice(0, 60), 'XX'],
      [whole.slice(0, -8), 'XX'],
      ['', 'XX'],
      ['--XX', 'XX'],
      [whole, 'YY'],
      [whole, ''],
      [whole.replace('"file"', '"__proto__"'), 'XX'],
    ]
    for (const [body, boundary] of torn) {
      const headers = {
        accept: 'application/json',
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'sec-fetch-site': 'same-origin',
      }
      const refused = await person.browser.send('chat/files', { method: 'POST', body, headers })
      expect([refused.status, (await answer(refused)).code]).toEqual([400, expect.stringMatching(/^note\./)])
    }
    expect(house.offered).toEqual([])
    expect(rig.lines).toEqual([])
  })
})

it('The older transcript does not offer what was answered, but keeps its links', async () => {
  const link = { label: 'Карта', url: 'https://example.org/' }
  await house.say(rig.channel, {
    address: person.address(),
    text: '1',
    buttons: [[{ label: 'Старая', data: 'a' }, link]],
  })
  await person.text('ответ')
  await house.say(rig.channel, { address: person.address(), text: '2', buttons: [[{ label: 'Новая', data: 'b' }]] })
  const page = await (await person.browser.get('chat')).text()
  expect(page).not.toContain('Старая')
  expect(page).toContain('Карта')
  expect(page).toContain('Новая')
})
