/** What people type, and what only somebody who means harm would send. */
import fc from 'fast-check'

/** Stands in every text, name and number of ours that is not to come up in a log. */
export const CANARY = 'Канарейкин'
export const CANARIES = ['анарейк', 'anary']

const SAID = [
  '/start',
  '/menu',
  '/human',
  '/help',
  '/language',
  '/privacy',
  '/stop',
  '/erase',
  '/mydata',
  '/panic',
  '/complaint',
  '/callback',
  '/sos',
  '/start connect_ABCD1234',
  '/connect ABCD-1234',
  'connect ABCD-1234',
  'Русский',
  'да',
  'нет',
  'человек',
  'как получить патент?',
  'хозяин не платит 3 месяца',
  'муж бьет меня прямо сейчас',
  'забрали паспорт, не выпускают',
  'menga pul bermayapti',
  'Потерял паспорт',
  'спасибо',
  '1',
  '2',
  '15 марта',
  '+7 999 123-45-67',
  '! ответ клиенту',
]

/** What a keyboard of any of our languages gives, and some of what phones put in between. */
const sign = fc.constantFrom(
  ...'abcxyz АБВгдежщыь ӣӯғқҳҷ ңөү әіңғүұқөһ їєґ ěščřžýáíé ʻʼ 0123456789 ٣۴ ,.!?:;()-+/@#*_~`<>&"\'\n',
  '👍🏽',
  '👨‍👩‍👧',
  'и\u0306',
  '\u200d',
)

/** What a person types. */
export const said = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SAID) },
  {
    weight: 2,
    arbitrary: fc.array(sign, { minLength: 1, maxLength: 120 }).map((signs) => `${CANARY} ${signs.join('')}`),
  },
)

const KILOBYTES = ['a'.repeat(4096), 'я'.repeat(8001), 'двадцать '.repeat(900), '😀'.repeat(3000), ' \n'.repeat(3000)]

/** Each has hurt somebody somewhere: an interpreter that it reaches, a screen that draws it, a table that stores it. */
const HARMFUL = [
  '',
  ' ',
  '\u0000',
  `a\u0000b`,
  '\ud800',
  `x\udfff\ud800y`,
  '\u202egnp.exe',
  '\u2066\u2067\u200f\u061c',
  `Z${'\u0300'.repeat(10_000)}`,
  '\ufeff\u200b\u2060',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  "'; drop table person; --",
  '" or 1=1 --',
  '$1 %s {{7*7}} <%= 7 %> #{7*7}',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  ']]><!--',
  '*_~`<!channel> <@U0BOT> <https://evil.example|click>',
  '<!here|x> &lt;&amp;lt;',
  '=cmd|"/c calc"!A1',
  '@SUM(1+9)*cmd',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd\u0000.png',
  'CON.txt',
  'http://169.254.169.254/latest/meta-data/',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  '\r\nset-cookie: chat=1\r\n',
  '\u001b[2J\u0007\u0008',
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  '٣'.repeat(200),
  'null',
  '[object Object]',
  '{"$ne":null}',
  'd:claim',
  'd:close:answered:chat',
  'd:to:centre:moscow',
  'd:offer:accept',
  'd:with:../../x',
  'go:human',
  'go:erase',
  'go:rate:5',
  'go:complaint:x',
  'to:hotline:keepConsent',
  'a:1:agree',
  'a:zzzzzzzzzz:!yes',
  'o:0:~999',
  'back',
  'cancel',
  'K7-4F',
  'connect 0000-0000',
]

/** A megabyte is rare: one of them costs as much as a thousand others. */
export const harmful = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...HARMFUL) },
  { weight: 12, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 12, arbitrary: fc.array(sign, { maxLength: 60 }).map((signs) => signs.join('\u0000')) },
  { weight: 8, arbitrary: fc.constantFrom(...KILOBYTES) },
  { weight: 1, arbitrary: fc.constant('м'.repeat(450_000)) },
)

const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

/** A key that changes what all objects are, for a reader that copies key by key. */
const poisoned = (): unknown => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}')

/** Whatever may stand where something else is due. */
export const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 53),
    1e300,
    8.64e12,
    -62_135_596_800,
  ),
  fc.constantFrom<unknown>('', '0', '-1001', 'null', 'undefined', [], {}, [[]], [null], { id: {} }),
  fc.constantFrom(10, 200).map(nested),
  fc.constant(0).map(poisoned),
  fc.constant('x'.repeat(5000)),
  fc.array(fc.constantFrom<unknown>({ id: 1 }, 'x', null), { minLength: 100, maxLength: 300 }),
  fc.jsonValue({ maxDepth: 3 }),
)
