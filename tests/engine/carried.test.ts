/** A flow may bring its texts along, and somebody may begin another version of it than the newest. */
import { expect, it } from 'vitest'
import { advance } from '../../bot/engine/advance.js'
import { carriedKey, carriedText } from '../../bot/engine/carried.js'
import { check } from '../../bot/engine/check.js'
import type { Context, Event } from '../../bot/engine/types.js'
import { STAFF_LANGUAGES } from '../../bot/text/languages.js'
import { libraryOf, NOON } from './talk.js'

const DEFAULT = `flow: report
for: worker
start: { default: true }
draft: 45d
steps:
  clients: { number: { max: 100 } }
  check: { review: all }
`

const all = (text: string) => `{ ${STAFF_LANGUAGES.map((each) => `${each}: { ${text} }`).join(', ')} }`

const OWN = `flow: report
for: worker
start: { default: true }
draft: 45d
lists: { colours: [red, o1] }
steps:
  bikes: { number: { max: 100 } }
  clients: { number: { max: 100 } }
  colour: { choose: { from: colours } }
  check: { review: all }
texts: ${all('bikes: "Bikes?", bikes.short: Bikes, lists.colours.options.o1: Turquoise')}
`

const library = libraryOf([DEFAULT])
const own = library.addVersion('flows/report.yaml', OWN)
const context: Context = {
  language: 'en',
  now: NOON,
  timeZone: 'UTC',
  person: { role: 'worker' },
  words: () => undefined,
}
const begins = { flow: 'report', version: own.version }
const says = (text: string): Event => ({ kind: 'input', input: { kind: 'text', text } })

it('says by the keys of its texts where they stand: with the flow, or under locales/', () => {
  const [bikes, clients, colour] = own.steps
  expect([bikes?.key, clients?.key]).toEqual([`report@${own.version}:bikes`, `report@${own.version}:clients`])
  expect(carriedKey(bikes?.key ?? '')).toEqual({ ...begins, name: 'bikes', plain: 'report:bikes' })
  expect(carriedText(own, 'cs', 'bikes')).toBe('Bikes?')
  expect(carriedText(own, 'cs', 'clients')).toBeUndefined()
  expect(colour).toMatchObject({ source: { ids: ['red', 'o1'], texts: `report@${own.version}:lists.colours` } })
  expect(library.newest('report')?.steps[0]?.key).toBe('report:clients')
  for (const key of ['report:clients', 'a@b:c', 'report@:x', 'report@0a1b2c3d4e5f:'])
    expect(carriedKey(key)).toBeUndefined()
})

it('is begun in the version of whoever begins it, and in the newest by everybody else', () => {
  const one = advance(library, null, says('report'), { ...context, begins })
  expect(one.position.frames[0]).toMatchObject({ version: own.version, at: 'bikes' })
  const other = advance(library, null, says('report'), context)
  expect(other.position.frames[0]).toMatchObject({ at: 'clients' })
  const unknown = { flow: 'report', version: '0a1b2c3d4e5f' }
  expect(advance(library, null, says('report'), { ...context, begins: unknown }).position.frames[0]?.at).toBe('clients')
  // Who is on it stays on it, and what is kept of it says so
  const next = advance(library, one.position, says('7'), context)
  expect(next.position.frames[0]).toMatchObject({ version: own.version, at: 'clients' })
  const left = advance(library, next.position, { kind: 'start', flow: 'report' }, context)
  expect(left.effects).toContainEqual(
    expect.objectContaining({ kind: 'draft', version: own.version, answers: { bikes: 7 } }),
  )
})

it('is checked by the same linter: each text in each language, and within the measure', () => {
  const flow = library.compile('flows/report.yaml', OWN.replaceAll('bikes: "Bikes?", ', ''))
  const words = (language: string, key: string) => {
    const carried = carriedKey(key)
    if (!carried) return key.startsWith('common:words') ? '' : 'x'
    return carriedText(flow, language, carried.name) ?? (carried.name.startsWith('bikes') ? undefined : carried.name)
  }
  const limits = { label: 8, message: 100 }
  const found = check({ ...library, flows: [flow] }, { words, limits })
  expect(found.map(({ code, where }) => [code, where])).toEqual([
    ['TEXT_MISSING', 'report: bikes'],
    ['TEXT_LONG', 'report: colour'],
    ['TEXT_LONG', 'report: colour'],
  ])
})

it('takes up a draft of any length: what is answered already is no circle', () => {
  const ids = Array.from({ length: 80 }, (_, nth) => `q${nth}`)
  const long = libraryOf([
    `flow: long\nfor: worker\nstart: { default: true }\ndraft: 45d\nsteps:\n${ids.map((id) => `  ${id}: { number: { max: 9 } }\n`).join('')}  check: { review: all }\n`,
  ])
  const draft = Object.fromEntries(ids.map((id) => [id, 1]))
  const { position } = advance(long, null, says('go on'), { ...context, draft })
  expect(position.frames[0]?.at).toBe('check')
})
