/** What reaches the webhook's door and is no update at all, beside what is one. */
import fc from 'fast-check'
import type { Shot } from '../classes.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '42',
  '{"update_id":1,"message":{"__proto__":{"x":1}}}',
  '{"update_id":1,"update_id":2,"message":{}}',
  '{"update_id":1e999,"message":{}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"update_id":1,"message":{"text":"${'\\u0000'.repeat(1000)}"}}`,
  `{"update_id":1,"message":{"text":"${'x'.repeat(1_100_000)}"}}`,
  '\ufeff{"update_id":1}',
]
const HEADERS = [
  JSON_TYPE,
  { ...JSON_TYPE, 'x-telegram-bot-api-secret-token': 'guessed' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'application/json; charset=utf-7' },
]

export const raw = (shots: fc.Arbitrary<Shot<unknown>>): fc.Arbitrary<Shot<unknown>> =>
  fc.oneof(
    { weight: 40, arbitrary: shots },
    {
      weight: 1,
      arbitrary: fc
        .record({ body: fc.constantFrom(...BODIES), headers: fc.constantFrom(...HEADERS) })
        .map((what): Shot<unknown> => ({ class: 'hostile', what })),
    },
  )
