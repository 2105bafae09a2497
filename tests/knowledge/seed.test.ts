import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SEED_FOLDER } from '../../bot/knowledge/root.js'
import { readSeed } from '../../bot/knowledge/seed.js'

const seed = readSeed(SEED_FOLDER)

describe('the starter knowledge', () => {
  it('has every article and contact in Russian and English', () => {
    const lacking = [...seed.articles, ...seed.contacts].filter(({ texts }) => !texts.ru || !texts.en)
    expect(lacking.map(({ id }) => id)).toEqual([])
  })

  it('knows two to five other ways to ask each article in Russian and English', () => {
    for (const { id, texts } of seed.articles) {
      for (const text of [texts.ru, texts.en]) {
        expect(text?.asks?.length, id).toBeGreaterThanOrEqual(1)
        expect(text?.asks?.length, id).toBeLessThanOrEqual(5)
      }
    }
  })

  it('tells clients nothing about our own checking', () => {
    for (const { id, texts } of seed.contacts) {
      const shown = Object.values(texts).map((text) => `${text.address} ${text.note} ${text.hours}`)
      expect(shown.join(' '), id).not.toMatch(/corpus|not found|\bcheck\b|провер/i)
    }
  })
})

describe('a mistake in a seed file is named with its file and its entry', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'seed-'))
    cpSync(SEED_FOLDER, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const change = (file: string, from: string | RegExp, to: string) => {
    const path = join(folder, file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
  }

  it('a confidence that does not exist', () => {
    change('articles/TJ.yaml', 'confidence: high', 'confidence: low')
    expect(() => readSeed(folder)).toThrow(/TJ\.yaml, tj-reg-10days: confidence/)
  })

  it('a text without its title', () => {
    change('articles/KZ.ru.yaml', /title: .*/, 'titel: "?"')
    expect(() => readSeed(folder)).toThrow(/KZ\.ru\.yaml, kz-stay-days/)
  })

  it('a text for an article that is not there', () => {
    change('articles/RU.en.yaml', 'ru-ruid:', 'ru-riud:')
    expect(() => readSeed(folder)).toThrow(/ru-riud: has texts but no entry/)
  })

  it('an entry that is there twice', () => {
    change('contacts.yaml', 'id: cz-ambulance', 'id: cz-emergency-112-police')
    expect(() => readSeed(folder)).toThrow(/cz-ambulance|cz-emergency-112-police/)
  })

  it('a file that is no YAML', () => {
    change('articles/CZ.yaml', '- id', '\t- "id')
    expect(() => readSeed(folder)).toThrow(/CZ\.yaml/)
  })
})
