/**
 * Everything that Slack sends, in the shape that https://docs.slack.dev gives it, beside what it is read as. Names and titles in them
 * are canaries: none may come through.
 */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toTarget } from '../../../adapters/slack/addresses.js'
import { plainText } from '../../../adapters/slack/updates/plain-text.js'
import { readUpdate } from '../../../adapters/slack/updates/update.js'

const FOLDER = new URL('../../fixtures/slack/', import.meta.url)
const WORLD = { now: new Date('2026-11-23T12:00:00Z'), me: 'U0BOT' }
const load = (file: string) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))
const recorded = readdirSync(FOLDER).filter((file) => file !== 'hostile.json')

describe('what Slack sends', () => {
  it.each(recorded)('%s', (file) => {
    const { update, reads } = load(file)
    const reading = readUpdate(update, WORLD)
    expect(JSON.parse(JSON.stringify(reading))).toEqual(reads)
    // The trigger of a form goes back to Slack and nowhere else.
    if (reading.kind !== 'form') expect(JSON.stringify(reading)).not.toMatch(/canary/i)
  })

  it('S26 has a key each, and one for the two events of one message', () => {
    const keys = recorded.flatMap((file) => {
      const reading = readUpdate(load(file).update, WORLD)
      return reading.kind === 'incoming' ? [[file, reading.incoming.updateKey]] : []
    })
    const keyOf = (file: string) => keys.find(([name]) => name === file)?.[1]
    expect(keyOf('mention-as-event.json')).toBe(keyOf('mention-as-message.json'))
    // Recordings of one press and one change, each as it would look in another place.
    const alike = /^(mention-as-event|button|edited|deleted)/
    const others = keys.filter(([file]) => !alike.test(file ?? '')).map(([, key]) => key)
    expect(new Set(others).size).toBe(others.length)
  })

  it('may come in any order: an edit before its message is only an edit', () => {
    const [edit, message] = ['edited.json', 'text.json'].map((file) => readUpdate(load(file).update, WORLD))
    expect([edit?.kind, message?.kind]).toEqual(['incoming', 'incoming'])
  })

  it('in forty thousand characters arrives whole', () => {
    const { update } = load('text.json')
    const text = 'я<>&'.repeat(10_000)
    const sent = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    const reading = readUpdate({ ...update, event: { ...update.event, text: sent } }, WORLD)
    expect(reading).toMatchObject({ incoming: { event: { kind: 'text', text } } })
  })
})

describe('hostile updates', () => {
  const hostile: unknown[] = load('hostile.json')
  it.each(hostile.map((update, i) => [i, JSON.stringify(update), update]))(
    '%i %s is read without harm',
    (_i, _text, update) => {
      const reading = readUpdate(update, WORLD)
      if (reading.kind !== 'incoming') return
      expect(() => toTarget(reading.incoming.address)).not.toThrow()
      expect(Number.isNaN(reading.incoming.at.getTime())).toBe(false)
    },
  )

  it('nested a hundred thousand times are read without harm', () => {
    const deep = JSON.parse(`${'{"elements":[{"event":'.repeat(50_000)}1${'}]}'.repeat(50_000)}`)
    expect(readUpdate({ type: 'event_callback', event_id: 'Ev1', event: deep }, WORLD)).toMatchObject({
      kind: 'ignored',
    })
    expect(plainText('x', [deep])).toBe('x')
  })

  it('of any JSON at all never throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        readUpdate(value, WORLD)
        plainText(text, value)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('of any JSON in the places that we read never throw', () => {
    const [samples, any] = [recorded.map((file) => load(file).update), fc.jsonValue()]
    const put = (value: unknown, path: number[], other: unknown): unknown => {
      if (typeof value !== 'object' || value === null || path.length === 0) return other
      const [first = 0, ...rest] = path
      const entries = Object.entries(value)
      const index = entries.length ? first % entries.length : 0
      const changed = entries.map(([key, one], i) => [key, i === index ? put(one, rest, other) : one] as const)
      return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed)
    }
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(fc.nat(20), { maxLength: 5 }), any, (sample, path, other) => {
        const reading = readUpdate(put(sample, path, other), WORLD)
        if (reading.kind === 'incoming') expect(Number.isNaN(reading.incoming.at.getTime())).toBe(false)
      }),
      { seed: 2, numRuns: 3000 },
    )
  })

  it('cannot make a mention, a link or an emoji run away', () => {
    for (const text of ['<'.repeat(50_000), ':'.repeat(50_000), '<a|'.repeat(20_000), '&amp;'.repeat(20_000)])
      expect(plainText(text).length).toBeGreaterThan(0)
  })
})
