/** How danger is recognised in sentences that neither the lexicon nor the learned reader was made from. Never add them to either. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SENTENCES_FILE } from '../../bot/danger/learned/model.js'
import { readSentences } from '../../bot/danger/learned/train.js'
import { dangerTable, measureDanger } from '../../bot/danger/measure.js'

const UNSEEN = readSentences(join(import.meta.dirname, 'unseen.jsonl'))
const measured = measureDanger(UNSEEN)

it('S38 danger is recognised in at least 95 of 100 cries that nobody learned from', () => {
  expect(measured.recognised.n).toBeGreaterThanOrEqual(150)
  expect(measured.recognised.right / measured.recognised.n, dangerTable(measured)).toBeGreaterThanOrEqual(0.95)
})

it('S38 ordinary lines that nobody learned from raise at most 2 false alarms in 100', () => {
  expect(measured.falseAlarms.n).toBeGreaterThanOrEqual(200)
  expect(measured.falseAlarms.raised / measured.falseAlarms.n, dangerTable(measured)).toBeLessThanOrEqual(0.02)
})

it('the kind of help is right in 9 of 10', () =>
  expect(measured.kind.right / measured.kind.n).toBeGreaterThanOrEqual(0.9))

it('they were not learned from', () => {
  const learned = new Set(readSentences(SENTENCES_FILE).map(({ text }) => text.toLowerCase()))
  // A greeting or a city is what everybody writes
  const known = UNSEEN.filter(({ text }) => text.length > 25 && learned.has(text.toLowerCase()))
  expect(known.map(({ text }) => text)).toEqual([])
})
