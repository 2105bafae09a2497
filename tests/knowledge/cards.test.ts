import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../bot/config.js'
import { answerCard, contactLines } from '../../bot/knowledge/cards.js'
import { SEED_FOLDER } from '../../bot/knowledge/root.js'
import { readSeed } from '../../bot/knowledge/seed.js'
import { formatDate } from '../../bot/text/formats.js'
import { LANGUAGES } from '../../bot/text/languages.js'
import { loadTexts } from '../../bot/text/texts.js'

const { articles, contacts } = readSeed(SEED_FOLDER)
const missing: string[] = []
const texts = loadTexts(join(ROOT, 'locales'), ({ language, key }) => missing.push(`${language} ${key}`))
const words = { ...texts, date: formatDate }

describe.each(LANGUAGES)('in %s', (language) => {
  const say = (key: string) => texts.say(language, `knowledge:${key}`)

  it('every answer says how old it is, where it is from, and to ask before acting on it', () => {
    for (const article of articles) {
      const card = answerCard(article, { words, language, lead: 'Here', confirmed: false })
      const below = card.split('\n\n').at(-1)
      expect(below, card).toMatch(/20\d\d/)
      expect(below, card).toContain(article.source.url)
      expect(below, card).toContain(say('unconfirmed'))
    }
  })

  it('an answer that somebody confirmed warns no more', () => {
    const [article] = articles
    if (!article) expect.unreachable()
    const card = answerCard(article, { words, language, lead: 'Here', confirmed: true })
    expect(card).not.toContain(say('unconfirmed'))
  })

  it('every contact says how old it is', () => {
    for (const contact of contacts)
      expect(contactLines(contact, words, language).split('\n').at(-1), contact.id).toMatch(/20\d\d/)
  })
})

it('no text is missing for that', () => expect(missing).toEqual([]))
