import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryItem, IncomingEvent } from '../../../adapters/adapter.js'
import { readTyped } from '../../../adapters/typed-command.js'
import { lookAt } from '../../../adapters/web/file-kind.js'
import { isShown, messageHtml, overtaken } from '../../../adapters/web/message-html.js'
import { createPace } from '../../../adapters/web/pace.js'
import { isSameOrigin } from '../../../adapters/web/same-origin.js'
import { formMessageId, readSaid } from '../../../adapters/web/say-what.js'
import { html } from '../../../bot/http/html.js'

const said = (body: Record<string, unknown>) => readSaid({ id: 'abcdefgh-1', ...body }).event
const refusal = (body: Record<string, unknown>) => {
  try {
    said(body)
  } catch (error) {
    return error
  }
  return undefined
}

describe('What was posted', () => {
  it('is words, a button, a command, a number or a place', () => {
    expect(said({ text: ' привет ' })).toEqual({ kind: 'text', text: ' привет ' })
    expect(said({ button: 'go:x', message: '12', label: 'Да' })).toEqual({
      kind: 'button',
      data: 'go:x',
      messageKey: '12',
      label: 'Да',
    })
    expect(said({ text: '/MyData' })).toEqual({ kind: 'command', name: 'mydata', argument: '' })
    expect(said({ command: 'start', argument: 'poster' })).toEqual({
      kind: 'command',
      name: 'start',
      argument: 'poster',
    })
    expect(said({ phone: ' +7 701 ' })).toEqual({ kind: 'phone', phone: '+7 701', own: true })
    expect(said({ latitude: 0, longitude: 0 })).toEqual({ kind: 'location', latitude: 0, longitude: 0 })
  })
  it('is refused by the reason: nothing said, too much, or no sense', () => {
    expect(refusal({ text: '   ' })).toMatchObject({ status: 400, key: 'note.empty' })
    expect(refusal({})).toMatchObject({ status: 400, key: 'note.empty' })
    expect(refusal({ text: 'я'.repeat(8001) })).toMatchObject({ status: 413, key: 'note.tooLong' })
    expect(refusal({ text: 'я'.repeat(8000) })).toBeUndefined()
    for (const odd of [
      { text: 7 },
      { button: 'я'.repeat(33) },
      { latitude: 91, longitude: 0 },
      { command: 'DROP TABLE' },
    ])
      expect(refusal(odd)).toMatchObject({ status: 400, key: 'note.notUnderstood' })
    expect(() => readSaid({ text: 'no id' })).toThrow('note.notUnderstood')
    expect(() => readSaid(null)).toThrow('note.notUnderstood')
  })
  it('by one form twice is one message, by its other button another', () => {
    const yes: IncomingEvent = { kind: 'button', data: 'yes' }
    expect(formMessageId('form-0001', yes)).toBe(formMessageId('form-0001', { ...yes }))
    expect(formMessageId('form-0001', yes)).not.toBe(formMessageId('form-0001', { kind: 'button', data: 'no' }))
  })
})

it('Words that only look like a command stay words', () => {
  for (const text of ['/', '/ start', '1/2', 'см. /erase', '/файл'])
    expect(readTyped(text)).toEqual({ kind: 'text', text })
})

describe('Drawn messages', () => {
  const item = (part: Partial<HistoryItem>): HistoryItem => ({
    id: 1,
    direction: 'out',
    author: 'bot',
    text: '',
    at: new Date(0),
    ...part,
  })
  const drawn = (part: Partial<HistoryItem>) => messageHtml(item(part), (key) => key, 'form').toString()

  it('hold no markup of anybody’s: not of a text, a label, a link or a file name', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom('<script>x</script>', '"><img src=x>', "' onclick='x", '</p>'),
    )
    fc.assert(
      fc.property(hostile, hostile, (text, label) => {
        const page = drawn({
          text,
          buttons: [
            [
              { label, data: text },
              { label, url: `https://example.org/${label}` },
            ],
          ],
          request: { kind: 'phone', label },
          file: { id: text, kind: 'document', mime: 'application/pdf', name: label, bytes: 1 },
        })
        const tags = page.match(/<\/?[a-z]+/g) ?? []
        const plain = drawn({
          text: 'x',
          buttons: [
            [
              { label: 'x', data: 'x' },
              { label: 'x', url: 'https://example.org/x' },
            ],
          ],
          request: { kind: 'phone', label: 'x' },
          file: { id: 'x', kind: 'document', mime: 'application/pdf', name: 'x', bytes: 1 },
        })
        // An empty text is drawn as "shared"; the tags are the same
        expect(tags.filter((tag) => tag !== '<p' && tag !== '</p')).toEqual(
          (plain.match(/<\/?[a-z]+/g) ?? []).filter((tag) => tag !== '<p' && tag !== '</p'),
        )
      }),
    )
  })
  it('link our sources and telephone numbers, and nothing that a person wrote', () => {
    const text = 'Звоните +7 (495) 000-00-00 (https://example.org/a?b=1&c=2). Номер 1500.'
    const ours = drawn({ text })
    expect(ours).toContain('href="tel:+74950000000"')
    expect(ours).toContain('href="https://example.org/a?b=1&amp;c=2"')
    expect(ours.match(/<a /g)).toHaveLength(2)
    expect(drawn({ text, author: 'client', direction: 'in' })).not.toContain('<a ')
    expect(drawn({ text: 'javascript:alert(1) data:text/html,x' })).not.toContain('<a ')
    const numbers = drawn({ text: 'Кому позвонить:\n112 – все службы\n8-800-7000-600 – помощь женщинам' })
    expect(numbers.match(/tel:\d+/g)).toEqual(['tel:112', 'tel:88007000600'])
  })
  it('are not made of what the page says for the person', () => {
    expect(isShown(item({ direction: 'in', text: '/start' }))).toBe(false)
    expect(isShown(item({ direction: 'in', text: '/mydata' }))).toBe(true)
    expect(isShown(item({ direction: 'in', text: '/starting over' }))).toBe(true)
  })
  it('put their buttons away when a newer question overtook them, but not those of one breath', () => {
    const at = (seconds: number) => new Date(seconds * 1000)
    const buttons = [[{ label: 'x', data: 'x' }]]
    const asked = (id: number, seconds: number) => item({ id, at: at(seconds), buttons })
    expect([...overtaken([asked(1, 0), asked(2, 1), asked(3, 2)])]).toEqual([])
    expect([...overtaken([asked(1, 0), asked(2, 60)])]).toEqual([1])
    const answer = item({ id: 2, at: at(1), direction: 'in', author: 'client', text: 'да' })
    expect([...overtaken([asked(1, 0), answer, asked(3, 2)])]).toEqual([1])
    expect([...overtaken([asked(1, 0), answer, item({ id: 3, at: at(2), text: 'Простите?' })])]).toEqual([])
  })
})

it('HTML between the tags is escaped unless it was made here', () => {
  expect(html`<i>${'<b>&"\''}</i>${html`<u>`}${[html`1`, html`2`]}${undefined}${false}${0}`.toString()).toBe(
    '<i>&lt;b&gt;&amp;&quot;&#39;</i><u>120',
  )
})

it('The pace lets a burst pass, then one message every two seconds, each visitor for themselves', () => {
  let now = 0
  const pace = createPace(() => now)
  for (let i = 0; i < 20; i++) expect(pace.take('a')).toBe(0)
  expect(pace.take('a')).toBe(2000)
  expect(pace.take('b')).toBe(0)
  now = 1999
  expect(pace.take('a')).toBeGreaterThan(0)
  now = 2000
  expect(pace.take('a')).toBe(0)
  now = 3_600_000
  for (let i = 0; i < 20; i++) expect(pace.take('a')).toBe(0)
})

it('Only our own page may post', () => {
  const from = (headers: Record<string, string>, publicUrl?: string) =>
    isSameOrigin({ headers: { host: 'chat.example.org', ...headers } } as never, publicUrl)
  expect(from({ 'sec-fetch-site': 'same-origin' })).toBe(true)
  expect(from({ 'sec-fetch-site': 'none' })).toBe(true)
  expect(from({ 'sec-fetch-site': 'cross-site', origin: 'https://chat.example.org' })).toBe(false)
  expect(from({ 'sec-fetch-site': 'same-site' })).toBe(false)
  expect(from({ origin: 'https://chat.example.org' })).toBe(true)
  expect(from({ origin: 'https://evil.example' })).toBe(false)
  expect(from({ origin: 'null' })).toBe(false)
  expect(from({ referer: 'https://chat.example.org/chat' })).toBe(true)
  expect(from({ referer: 'https://evil.example/chat.example.org' })).toBe(false)
  expect(from({ origin: 'https://help.example.org' }, 'https://help.example.org/path')).toBe(true)
  expect(from({})).toBe(true)
})

it('A file is what its content says; only the sender knows that a recording has no picture', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  expect(await lookAt(png, 'application/pdf')).toEqual({ kind: 'photo', mime: 'image/png' })
  expect(await lookAt(Buffer.from('просто текст'), 'text/plain')).toEqual({ kind: 'document', mime: 'text/plain' })
  const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701', 'hex')
  expect(await lookAt(webm, 'audio/webm')).toEqual({ kind: 'voice', mime: 'audio/webm' })
  expect(await lookAt(webm, 'video/webm')).toEqual({ kind: 'video', mime: 'video/webm' })
})
