/** What a browser, and whoever pretends to be one, can ask the web chat for: its routes as the page uses them, and next to them. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { classes, oneOf, type Shot } from '../classes.js'
import { CANARY, harmful, said, strange } from '../words.js'

export type Request = {
  method: string
  path: string
  /** Whose cookies go along: a visitor's place in the list, one without any, or exactly these. */
  visitor: number | 'new' | { cookie: string }
  headers: Record<string, string>
  body: string | Uint8Array
}

export type Scene = {
  /** Buttons that were shown to this visitor, the newest first, and those of everybody. */
  buttons(visitor: number): readonly { message: string; data: string; label: string }[]
  allButtons(): readonly { message: string; data: string; label: string }[]
  /** Files of anybody's. */
  files(): readonly string[]
  visitors: number
}

const OURS = { 'sec-fetch-site': 'same-origin' }
const JSON_TYPE = { ...OURS, accept: 'application/json', 'content-type': 'application/json' }
const FORM_TYPE = { ...OURS, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** Real beginnings, cut and mixed: what looks at a file by its content must survive every one. */
const CONTENTS = [
  PNG,
  PNG.subarray(0, 20),
  Buffer.from('%PDF-1.7\n1 0 obj\n<< /Author (CANARY) /Producer (x) >>\nendobj\ntrailer << /Info 1 0 R >>'),
  Buffer.from('%PDF-1.7\n'.repeat(2000)),
  Buffer.from('ffd8ffe1ffff457869660000', 'hex'),
  Buffer.from(`ffd8ff${'e1ffff'.repeat(500)}`, 'hex'),
  Buffer.from('52494646ffffffff57454250565038580a000000', 'hex'),
  Buffer.from('504b0304ffffffffffffffffffffffffffffffffffffffffffffffffffff', 'hex'),
  Buffer.from('0000001866747970686569630000000068656963ffffffff6d657461', 'hex'),
  Buffer.from('1a45dfa3ffffffffffffffff', 'hex'),
  Buffer.from('<html><script>alert(1)</script></html>'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  Buffer.from('MZ'.padEnd(400, '\u0000')),
  Buffer.from('слова '.repeat(500)),
  Buffer.alloc(0),
  Buffer.alloc(70_000, 7),
]

const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** As a form sends it; a value that is none is written as JSON. */
const form = (body: unknown): string =>
  new URLSearchParams(
    Object.entries(Object(body)).map(([name, value]): [string, string] => [name, asText(value)]),
  ).toString()

const quoted = (text: string) => text.replace(/[\r\n"]/g, (sign) => encodeURIComponent(sign))

type Part = { name: string; file?: string; mime?: string; content: Uint8Array | string }

/** https://www.rfc-editor.org/rfc/rfc7578 */
const multipart = (parts: readonly Part[], boundary: string): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, file, mime, content }) => [
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"${file === undefined ? '' : `; filename="${quoted(file)}"`}\r\n${mime ? `content-type: ${mime.replace(/[\r\n]/g, '')}\r\n` : ''}\r\n`,
      ),
      Buffer.from(content as Uint8Array),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])

const uuid = fc.constant(0).map(() => randomUUID())

export function requests(scene: Scene): fc.Arbitrary<Shot<Request>> {
  const visitor = fc.oneof(
    { weight: 30, arbitrary: fc.nat(scene.visitors - 1) },
    { weight: 2, arbitrary: fc.constant('new' as const) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          'chat=',
          'chat=abc.def',
          'chat=%00%ff',
          `chat=${'a'.repeat(4000)}`,
          'chat=%E0%A4%A',
          '=;=;;',
          'lang=xx; chat="',
        )
        .map((cookie) => ({ cookie })),
    },
  )
  const post = (path: string, body: fc.Arbitrary<Shot<unknown>>): fc.Arbitrary<Shot<Request>> =>
    fc.tuple(body, visitor, fc.boolean()).map(([shot, who, isJson]) => ({
      class: shot.class,
      what: {
        method: 'POST',
        path,
        visitor: who,
        headers: isJson ? JSON_TYPE : FORM_TYPE,
        body: isJson ? (JSON.stringify(shot.what) ?? '') : form(shot.what),
      },
    }))

  const words = fc.record<Record<string, unknown>>({ id: uuid, text: said })
  const press = fc.tuple(uuid, fc.nat(), fc.nat(scene.visitors - 1), fc.nat(9)).map(([id, n, who, which]): unknown => {
    const list = which === 0 ? scene.allButtons() : scene.buttons(who).slice(0, 12)
    const { data = 'go:menu', message = '1', label = 'x' } = list[n % Math.max(1, list.length)] ?? {}
    return { id, button: data, message, label }
  })
  const command = fc.record<Record<string, unknown>>({
    id: uuid,
    command: fc.constantFrom('start', 'menu', 'human', 'erase', 'panic', 'mydata', 'sos', 'complaint', 'connect'),
    argument: fc.constantFrom('', CANARY, 'ABCD-1234'),
  })
  const shared = fc.oneof(
    fc.record<Record<string, unknown>>({ id: uuid, phone: fc.constantFrom('+79991234567', '12', CANARY) }),
    fc.record<Record<string, unknown>>({
      id: uuid,
      latitude: fc.constantFrom(55.7, 90, -90),
      longitude: fc.constantFrom(37.6, 180),
    }),
  )
  const others = () => [...scene.allButtons().map(({ data }) => data), ...scene.files()]
  const said_ = classes(fc.oneof<fc.Arbitrary<unknown>[]>(words, words, press, press, press, command, shared), others)
  // The button of one's own screen: the visitor is the same
  const pressOwn = fc.tuple(uuid, fc.nat(), fc.nat(scene.visitors - 1)).map(([id, n, who]): Shot<Request> => {
    const list = scene.buttons(who).slice(0, 12)
    const { data = 'go:menu', message = '1', label = 'x' } = list[n % Math.max(1, list.length)] ?? {}
    const body = JSON.stringify({ id, button: data, message, label })
    return { class: 'valid', what: { method: 'POST', path: '/chat/messages', visitor: who, headers: JSON_TYPE, body } }
  })
  const language = classes(
    fc.record<Record<string, unknown>>({ id: uuid, language: fc.constantFrom('ru', 'tg', 'xx') }),
    others,
  )

  const file = fc.record({
    name: fc.oneof(fc.constantFrom(`${CANARY}.pdf`, 'скан.png', '../../../etc/passwd', 'CON'), harmful),
    mime: fc.constantFrom(
      'image/png',
      'application/pdf',
      'text/plain',
      'text/html',
      'image/svg+xml',
      'audio/webm',
      'x',
    ),
    content: fc.constantFrom(...CONTENTS),
  })
  const upload = fc
    .record({
      who: visitor,
      id: fc.oneof({ weight: 5, arbitrary: uuid }, { weight: 1, arbitrary: harmful }),
      text: fc.oneof({ weight: 5, arbitrary: said }, { weight: 1, arbitrary: harmful }),
      files: fc.array(file, { maxLength: 3 }),
      many: fc.nat(40),
      harm: fc.nat(11),
    })
    .map(({ who, id, text, files, many, harm }): Shot<Request> => {
      const all = many === 0 && files[0] ? Array.from({ length: 14 }, () => files[0]) : files
      const parts: Part[] = [
        { name: 'id', content: id },
        { name: 'text', content: text },
        ...all.flatMap((each) =>
          each
            ? [{ name: harm === 10 ? '__proto__' : 'file', file: each.name, mime: each.mime, content: each.content }]
            : [],
        ),
      ]
      const whole = multipart(parts, 'XX')
      const cut =
        [whole.subarray(0, whole.length / 2), whole.subarray(3), Buffer.from('--XX'), Buffer.alloc(0)][harm] ?? whole
      const boundary = ['XX', 'XX', 'XX', 'XX', 'YY', '', '"'][harm] ?? 'XX'
      return {
        class: harm > 6 && harm !== 10 ? 'half-valid' : harm === 11 ? 'valid' : 'hostile',
        what: {
          method: 'POST',
          path: '/chat/files',
          visitor: who,
          headers: { ...OURS, accept: 'application/json', 'content-type': `multipart/form-data; boundary=${boundary}` },
          body: cut,
        },
      }
    })

  const number = fc.constantFrom('0', '1', '-1', '99999999999', '1e9', 'NaN', '9007199254740993', '%00', '[]', "1'or'1")
  const path = fc.oneof(
    fc.constantFrom('/chat', '/chat/', '/chat?all', '/chat?lang=ru', '/chat?lang=__proto__', '/chat/messages'),
    fc.tuple(number, number).map(([from, after]) => `/chat/messages?from=${from}&after=${after}`),
    fc
      .oneof(
        oneOf(scene.files, 'x'),
        fc.constantFrom('1', '..%2f..%2fetc%2fpasswd', '%00', `${'a'.repeat(300)}`, '__proto__'),
      )
      .map((id) => `/chat/files/${id}`),
    fc.constantFrom(
      '/chat/page/x.js',
      '/chat/page/..%2f..%2fpackage.json',
      '/chat/page/__proto__',
      '/chat/nothing',
      '/chat/%',
      '/chat/%ff',
      '//chat',
      '/chat/../desk',
      '/telegram/webhook',
      '/healthz',
      '/readyz',
      '/',
    ),
  )
  const read = fc
    .record({
      path,
      who: visitor,
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'DELETE', 'PUT', 'OPTIONS'),
      accept: fc.constantFrom('text/html', 'application/json', '*/*', ''),
      language: fc.constantFrom('ru', 'tg;q=0.9,*', 'x'.repeat(200), ';;;q=q', '__proto__'),
      range: fc.constantFrom(
        '',
        'bytes=0-5',
        'bytes=-1',
        'bytes=9-1',
        'bytes=a',
        'bytes=0-1,3-4',
        `bytes=0-${'9'.repeat(30)}`,
      ),
    })
    .map(
      ({ path: at, who, method, accept, language: tongue, range }): Shot<Request> => ({
        class: 'half-valid',
        what: {
          method,
          path: at,
          visitor: who,
          headers: { accept, 'accept-language': tongue, ...(range && { range }) },
          body: '',
        },
      }),
    )

  const wild = fc
    .record({
      path: fc.constantFrom('/chat/messages', '/chat/files', '/chat/language', '/chat/leave'),
      who: visitor,
      type: fc.constantFrom(
        'application/json',
        'application/json;charset=x',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'x/y',
        '',
      ),
      origin: fc.constantFrom<Record<string, string>>(
        OURS,
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'null' },
        { referer: 'x' },
        {},
      ),
      body: fc.oneof(
        harmful,
        strange.map((value) => JSON.stringify(value) ?? ''),
        fc.constantFrom(
          '{"__proto__":{"x":1},"text":"a","id":"12345678"}',
          '{',
          '%',
          '&&==',
          '['.repeat(9000),
          'id=1&id=2&text=a&text=b',
        ),
      ),
    })
    .map(
      ({ path: at, who, type, origin, body }): Shot<Request> => ({
        class: 'hostile',
        what: {
          method: 'POST',
          path: at,
          visitor: who,
          headers: { ...origin, ...(type && { 'content-type': type }) },
          body,
        },
      }),
    )

  return fc.oneof(
    { weight: 10, arbitrary: post('/chat/messages', said_) },
    { weight: 8, arbitrary: pressOwn },
    { weight: 1, arbitrary: post('/chat/language', language) },
    { weight: 3, arbitrary: upload },
    { weight: 5, arbitrary: read },
    { weight: 2, arbitrary: wild },
  )
}
