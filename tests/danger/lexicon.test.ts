import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { LEXICON_FOLDER, loadLexicons } from '../../bot/danger/lexicon.js'
import { LANGUAGES } from '../../bot/text/languages.js'

const read = (name: string) => parse(readFileSync(join(LEXICON_FOLDER, name), 'utf8'))

/** Only some languages need these: a verb that denies by itself has no word for "not". */
const OPTIONAL = new Set(['emergency', 'not'])

it.each(LANGUAGES)('S38 %s has words for every concept', (language) => {
  const concepts = Object.keys(read('signs.yaml').concepts).filter((concept) => !OPTIONAL.has(concept))
  expect(Object.keys(read(`${language}.yaml`))).toEqual(expect.arrayContaining(concepts))
})

it('every concept is there for some sign', () => {
  const { concepts, signs } = read('signs.yaml') as { concepts: object; signs: Record<string, string[]>[] }
  const used = signs.flatMap((block) => Object.values(block).flat()).flatMap((line) => line.split(/ [+-] |[/ ]/))
  const always = ['not', 'report', 'past', 'year', 'harmless']
  expect(Object.keys(concepts).filter((concept) => ![...used, ...always].includes(concept))).toEqual([])
})

function broken(file: string, from: string, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lexicon-'))
  cpSync(LEXICON_FOLDER, folder, { recursive: true })
  const text = readFileSync(join(folder, file), 'utf8')
  writeFileSync(join(folder, file), text.replace(from, to))
  return folder
}

it('a concept that nobody knows is named', () => {
  expect(() => loadLexicons(broken('en.yaml', 'hungry:', 'hungri:'))).toThrow(/en\.yaml: [\s\S]*hungri/)
})

it('a sign with an unknown concept is named', () => {
  expect(() => loadLexicons(broken('signs.yaml', '- breakin', '- brakein'))).toThrow(/"brakein"/)
})

it('an entry that is not words is named', () => {
  expect(() => loadLexicons(broken('cs.yaml', 'hlad,', 'hl*ad,'))).toThrow(/"hl\*ad" is not one word/)
})
