import { describe, expect, it } from 'vitest'
import { keyOf, keysOf, wordsOf } from '../../bot/knowledge/search/key.js'

const key = (text: string) => wordsOf(text).map(keyOf).join(' ')

describe('one key for all spellings of a word', () => {
  it.each([
    ['зарплата', 'zarplata', 'ZARPLATA'],
    ['регистрация', 'registraciya', 'registratsiya'],
    ['ўзбек', "o'zbek", 'oʻzbek', 'ozbek'],
    ['қазақ', 'казак', 'qazaq'],
    ['шартнома', 'shartnoma'],
    ['Ústí', 'usti', 'Усти'],
    ['жалоба', 'zhaloba', 'jaloba'],
    ['ҳуҷҷат', 'хуҷҷат'],
    ['контракт', 'contract'],
  ])('%s', (...spellings) => {
    expect(new Set(spellings.map(key)).size).toBe(1)
  })

  it('keeps apart what differs by more than its spelling', () => {
    expect(key('патент')).not.toBe(key('паспорт'))
  })

  it('is empty for what has no letter of ours', () => {
    expect(key('👍 سلام')).toBe('')
  })
})

it('expects a letter that phones lack under both of its spellings', () => {
  expect(keysOf("yo'q", 'uz')).toContain(keyOf('йук'))
  expect(keysOf('ҳуҷҷат', 'tg')).toContain(keyOf('хуччат'))
})
