import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { measure, Question, table } from '../../bot/knowledge/measure.js'
import { SEED_FOLDER } from '../../bot/knowledge/root.js'
import { createSearch } from '../../bot/knowledge/search/search.js'
import { readSeed } from '../../bot/knowledge/seed.js'

/**
 * The questions that search was developed on. A fall below these marks means that a change, to the code, the lexicon or the
 * articles, made people find less than before; how well search does on questions it has not seen is measured elsewhere.
 */
const questions = readFileSync('tests/knowledge/questions.jsonl', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => Question.parse(JSON.parse(line)))
const { articles, contacts } = readSeed(SEED_FOLDER)
const measured = measure(questions, createSearch(articles, contacts), () => null)

it.each(Object.entries(measured.languages))('finds the answer to 92 %% of the questions in %s', (_, { n, hit3 }) => {
  expect(hit3 / n, table(measured)).toBeGreaterThanOrEqual(0.92)
})

it('hands over what has no answer, and seldom what has one', () => {
  expect(measured.noAnswer.escalated / measured.noAnswer.n).toBeGreaterThanOrEqual(0.92)
  expect(measured.handedOver.escalated / measured.handedOver.n).toBeLessThanOrEqual(0.05)
})

it('counts danger and false alarms by what the detector says', () => {
  const row = { text: 'x', lang: 'ru', expected_fact_ids: [] }
  const alarmed = measure(
    [
      { ...row, kind: 'urgent' },
      { ...row, kind: 'calm' },
    ],
    () => ({ results: [], contacts: [], escalate: true }),
    () => ({ kind: 'violence' }),
  )
  expect(alarmed.danger).toEqual({ n: 1, recognised: 1 })
  expect(alarmed.falseAlarms).toEqual({ n: 1, raised: 1 })
})
