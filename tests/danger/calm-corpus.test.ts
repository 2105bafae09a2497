import { expect, it } from 'vitest'
import { detectDanger, explainDanger } from '../../bot/danger/detect.js'
import { LEXICON_FOLDER, loadLexicons } from '../../bot/danger/lexicon.js'
import { readLookalikes } from '../../bot/danger/lookalikes.js'
import { looseKey, normalise } from '../../bot/text/scripts.js'
import { type Calm, calmCorpus } from './calm-corpus.js'

/** Articles for people in danger: who types their titles or example questions ("Муж бьёт, куда звонить?") is to be heard. Reviewed. */
const ASKED_IN_DANGER = new Set([
  'cz-ban-abuser',
  'cz-rosa-stay',
  'cz-strada',
  'cz-women-line',
  'kz-111',
  'kz-hotline-11616',
  'kz-trafficking-foreigners',
  'ru-child-line',
  'ru-moscow-psych',
  'ru-police-check',
  'ru-uz-shelter',
  'ru-women-line',
  'tj-1313',
  'tj-shelters',
  'tj-trafficking',
])

const isAskedInDanger = ({ from }: Calm) => from.endsWith(' asked') && ASKED_IN_DANGER.has(from.split(' ')[0] ?? '')

const CORPUS = calmCorpus()

it('S38 ordinary questions, articles and texts raise at most one false alarm in 100', () => {
  const calm = CORPUS.filter((line) => !isAskedInDanger(line))
  const alarmed = calm.filter(({ text }) => detectDanger(text))
  const list = alarmed.map(({ from, text }) => `${from}: ${text}\n  ${explainDanger(text)}`).join('\n')
  expect(calm.length).toBeGreaterThan(5000)
  expect(alarmed.length / calm.length, list).toBeLessThanOrEqual(0.01)
})

it('an ordinary word is no misspelt word of danger: new ones belong in lookalikes.txt', () => {
  const isKnown = readLookalikes(LEXICON_FOLDER)
  const lexicons = loadLexicons().lexicons.map(({ open }) => open())
  const words = new Set(CORPUS.flatMap(({ text }) => normalise(text).match(/[\p{L}\p{M}']{6,}/gu) ?? []))
  const misread = [...words].filter((raw) => {
    const word = { raw, loose: looseKey(raw) }
    return word.loose && !isKnown(word) && lexicons.some(({ words }) => words.findMisspelt(word).length)
  })
  expect(misread.length / words.size, misread.join(' ')).toBeLessThanOrEqual(0.01)
})
