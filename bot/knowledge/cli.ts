import { parseArgs } from 'node:util'
import { detectDanger } from '../danger/detect.js'
import { SetupError } from '../errors.js'
import { isCountry } from '../text/countries.js'
import { isLanguage, LANGUAGES, type Language } from '../text/languages.js'
import type { Article, Contact } from './article.js'
import { SEED_FOLDER } from './root.js'
import { createSearch } from './search/search.js'
import { readSeed } from './seed.js'

const USAGE =
  'rahnamo knowledge search "…" [--country RU] [--city Moscow] [--topic …] [--language ru] [--limit 3] [--json]'

/**
 * `rahnamo knowledge search "…"`: what the bot would answer.
 * @param args what follows the word `knowledge`
 * @param knowledge that of the database; the seed when there is none
 * @throws SetupError KNOWLEDGE_USAGE with the right way to call it
 */
export function runKnowledgeCli(
  args: string[],
  print: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  { articles, contacts }: { articles: Article[]; contacts: Contact[] } = readSeed(SEED_FOLDER),
): void {
  const { values, positionals } = read(args)
  const [command, question] = positionals
  const { country, language, limit = '3' } = values
  if (command !== 'search' || !question) throw usage('What should be searched?')
  if (country !== undefined && !isCountry(country)) throw usage(`There is no country ${country}.`)
  if (language !== undefined && !isLanguage(language)) throw usage(`There is no language ${language}.`)
  if (!/^[1-9]\d*$/.test(limit)) throw usage('--limit wants a number.')

  const search = createSearch(articles, contacts)
  const { city, topic } = values
  const found = search(question, { country, city, topic, language, limit: Number(limit) })
  const urgent = detectDanger(question)
  if (values.json) {
    const { results, escalate } = found
    print(JSON.stringify({ results, escalate, urgent }))
    return
  }
  if (urgent) print(`URGENT: ${urgent.kind}`)
  print(found.escalate ? 'No article answers this; a human should.' : 'Answered by the first of these.')
  const byId = new Map(articles.map((article) => [article.id, article]))
  for (const { id, score } of found.results) print(`  ${score.toFixed(2)}  ${id}  ${titleOf(byId.get(id), language)}`)
  for (const id of found.contacts) print(`  contact  ${id}`)
}

function read(args: string[]) {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      args,
      allowPositionals: true,
      options: { country: text, city: text, topic: text, language: text, limit: text, json: { type: 'boolean' } },
    })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

const usage = (what: string) => new SetupError('KNOWLEDGE_USAGE', `${what} Call it so: ${USAGE}`)

const titleOf = (article: Article | undefined, language: Language = 'ru') =>
  [language, ...LANGUAGES].map((each) => article?.texts[each]?.title).find((title) => title !== undefined) ?? ''
