/**
 * Every kind of update, in the shape that https://core.telegram.org/bots/api gives it, beside what it is read as. Names and titles
 * in them are canaries: none may come through.
 */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUpdate, updateIdOf } from '../../../adapters/telegram/updates/update.js'

const FOLDER = new URL('../../fixtures/telegram/', import.meta.url)
const WORLD = { now: new Date('2026-11-23T12:00:00Z'), username: 'rahnamo_test_bot' }
const load = (file: string) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))
const recorded = readdirSync(FOLDER).filter((file) => file !== 'hostile.json')

describe('recorded updates', () => {
  it.each(recorded)('%s', (file) => {
    const { update, reads } = load(file)
    const reading = JSON.parse(JSON.stringify(readUpdate(update, WORLD)))
    expect(reading).toEqual(reads)
    expect(JSON.stringify(reading)).not.toMatch(/canary/i)
  })

  it('have a key each', () => {
    const keys = recorded.flatMap((file) => {
      const reading = readUpdate(load(file).update, WORLD)
      return reading.kind === 'incoming' ? [reading.incoming.updateKey] : []
    })
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('S26 stay apart when Telegram begins its numbers anew', () => {
    const { update } = load('text.json')
    const later = { ...update, message: { ...update.message, message_id: 9000, date: update.message.date + 700_000 } }
    const [first, second] = [update, later].map((one) => readUpdate(one, WORLD))
    if (first?.kind !== 'incoming' || second?.kind !== 'incoming') throw new Error('both are messages')
    expect(first.incoming.updateKey).not.toBe(second.incoming.updateKey)
  })
})

describe('hostile updates', () => {
  const hostile: unknown[] = load('hostile.json')
  it.each(hostile.map((update, i) => [i, JSON.stringify(update), update]))(
    '%i %s is read without harm',
    (_i, _text, update) => {
      const reading = readUpdate(update, WORLD)
      if (reading.kind === 'incoming') {
        expect(reading.incoming.address).toMatch(/^-?\d+(\/\d+)?$/)
        expect(Number.isNaN(reading.incoming.at.getTime())).toBe(false)
        expect(reading.incoming.sender ?? '1').toMatch(/^[1-9]\d*$/)
        expect(reading.incoming.replyTo ?? '1').toMatch(/^[1-9]\d*$/)
        if (reading.incoming.event.kind === 'moved') expect(reading.incoming.event.to).toMatch(/^-?\d+$/)
      }
    },
  )

  it('nested a hundred thousand times are read without harm', () => {
    const deep = JSON.parse(`${'{"message":'.repeat(100_000)}1${'}'.repeat(100_000)}`)
    expect(readUpdate({ update_id: 1, ...deep }, WORLD)).toMatchObject({ kind: 'ignored' })
  })

  it('of any JSON at all never throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readUpdate(value, WORLD)
        updateIdOf(value)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('of any JSON in the places that we read never throw, and are answered when one person’s chat sent them', () => {
    const chat = { id: 512345678, type: 'private' }
    const kind = fc.constantFrom('message', 'edited_message', 'callback_query', 'my_chat_member', 'telepathy')
    const key = fc.constantFrom(
      'text',
      'photo',
      'voice',
      'document',
      'contact',
      'location',
      'venue',
      'from',
      'date',
      'data',
      'x',
    )
    const body = fc.dictionary(key, fc.jsonValue(), { noNullPrototype: true })
    fc.assert(
      fc.property(kind, body, (name, content) => {
        const update = { update_id: 7, [name]: { message_id: 1, date: 1, chat, ...content } }
        const reading = readUpdate(update, WORLD)
        if (name === 'message') expect(reading).toMatchObject({ kind: 'incoming', chat: '512345678' })
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})
