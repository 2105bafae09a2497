import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  alarmOf,
  likeliestKind,
  type Model,
  packModel,
  readModel,
  SENTENCES_FILE,
} from '../../../bot/danger/learned/model.js'
import { digestOf, readSentences, type Sentence, train } from '../../../bot/danger/learned/train.js'

const urgent = (danger: NonNullable<Sentence['danger']>, text: string): Sentence => ({
  text,
  lang: 'ru',
  kind: 'urgent',
  danger,
})
const calm = (text: string): Sentence => ({ text, lang: 'ru', kind: 'calm' })
const LESSON = [
  ...['муж бьет меня', 'он бьет ребенка и меня', 'сосед бьет жену'].map((text) => urgent('violence', text)),
  ...['кровь не останавливается', 'много крови, он бледный', 'кровь идет'].map((text) => urgent('medical', text)),
  ...['как продлить патент', 'сколько стоит патент', 'где сдать отпечатки', 'спасибо вам', 'где школа'].map(calm),
]
const folder = () => mkdtempSync(join(tmpdir(), 'learned-'))

it('the weights are those of the sentences: after a change, npm run danger:train', () => {
  expect(readModel().of).toBe(digestOf(SENTENCES_FILE))
})

it('no sentence is there twice', () => {
  const texts = readSentences(SENTENCES_FILE).map(({ text }) => text.toLowerCase())
  expect(texts.filter((text, place) => texts.indexOf(text) !== place)).toEqual([])
})

describe('what was learned from a few sentences', () => {
  const model: Model = train(LESSON, '00'.repeat(32))

  it('is the same the second time', () => expect(packModel(train(LESSON, model.of))).toEqual(packModel(model)))

  it.each(['муж бьет', 'бьёт нас обоих', 'muzh byet menya'])('knows danger in %j', (text) =>
    expect(alarmOf(text, model)).toBeGreaterThan(0),
  )
  it.each(['сколько стоит школа', 'как сдать на патент'])('is calm at %j', (text) =>
    expect(alarmOf(text, model)).toBeLessThan(0),
  )
  it('tells kinds apart', () => {
    expect(likeliestKind('сосед бьет', model)).toBe('violence')
    expect(likeliestKind('кровь', model)).toBe('medical')
  })
  it('hears a cry in a long story', () => {
    const story = 'как продлить патент и сколько стоит школа '.repeat(30)
    expect(alarmOf(story, model)).toBeLessThan(0)
    expect(alarmOf(`${story} муж бьет меня муж бьет ребенка ${story}`, model)).toBeGreaterThan(alarmOf(story, model))
  })
  it('says nothing of no words', () => expect(Number.isFinite(alarmOf('', model))).toBe(true))

  it('comes back from its file', () => {
    const file = join(folder(), 'weights.bin')
    writeFileSync(file, packModel(model))
    const read = readModel(file)
    expect(read.of).toBe(model.of)
    expect(alarmOf('муж бьет', read)).toBeCloseTo(alarmOf('муж бьет', model), 4)
  })
  it('a file that is cut short is named, with the remedy', () => {
    const file = join(folder(), 'weights.bin')
    writeFileSync(file, packModel(model).subarray(0, 1000))
    expect(() => readModel(file)).toThrow(/weights\.bin is damaged: make it anew with npm run danger:train/)
  })
})
