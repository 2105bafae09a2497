import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const FOLDER = join(import.meta.dirname, '../../../prisma/seed/articles')

/** The topics that the starter articles have. */
export function seedTopics(): string[] {
  const files = readdirSync(FOLDER).filter((name) => /^[A-Z]{2}\.yaml$/.test(name))
  const articles = files.flatMap((name) => parse(readFileSync(join(FOLDER, name), 'utf8')) as { topic: string }[])
  return [...new Set(articles.map(({ topic }) => topic))]
}
