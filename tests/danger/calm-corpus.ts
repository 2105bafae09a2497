/** Everything that is known to be an ordinary question or an ordinary text: whatever alarms here is a false alarm. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '../..')
const ARTICLES = join(ROOT, 'prisma/seed/articles')
const LOCALES = join(ROOT, 'locales')
/** What the bot says to somebody in danger speaks of danger. */
const ABOUT_DANGER = new Set(['danger.json', 'sos.json', 'panic.json'])

const Article = z.looseObject({ title: z.string(), text: z.string(), asks: z.array(z.string()).default([]) })
const ArticleFile = z.record(z.string(), Article)
const TextFile = z.record(z.string(), z.unknown())
const Question = z.looseObject({ text: z.string(), kind: z.string() })

export type Calm = { from: string; text: string }

const SENTENCE = /[^.!?…\n]+[.!?…]*/g
const sentences = (text: string) => (text.match(SENTENCE) ?? []).map((line) => line.trim()).filter(Boolean)

/** Titles, example questions and sentences of every article in every language. */
function fromArticles(): Calm[] {
  const files = readdirSync(ARTICLES).filter((name) => /^\w+\.\w+\.yaml$/.test(name))
  return files.flatMap((name) =>
    Object.entries(ArticleFile.parse(parse(readFileSync(join(ARTICLES, name), 'utf8')))).flatMap(
      ([id, { title, text, asks }]) => [
        ...[title, ...asks].map((line) => ({ from: `${id} asked`, text: line })),
        ...sentences(text).map((line) => ({ from: `${id} answer`, text: line })),
      ],
    ),
  )
}

/** What the bot says to clients: their languages are more than the staff's, whose words they never see nor write. */
function fromTexts(): Calm[] {
  const toClients = new Set(readdirSync(join(LOCALES, 'tg')))
  const languages = readdirSync(LOCALES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return languages.flatMap(({ name: language }) =>
    readdirSync(join(LOCALES, language))
      .filter((name) => /^\w+\.json$/.test(name) && toClients.has(name) && !ABOUT_DANGER.has(name))
      .flatMap((name) =>
        strings(TextFile.parse(JSON.parse(readFileSync(join(LOCALES, language, name), 'utf8')))).flatMap((text) =>
          sentences(text).map((line) => ({ from: `${language}/${name}`, text: line })),
        ),
      ),
  )
}

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

/** What people ask who are in no danger. */
function fromQuestions(): Calm[] {
  const lines = readFileSync(join(ROOT, 'tests/knowledge/questions.jsonl'), 'utf8').trim().split('\n')
  return lines
    .map((line) => Question.parse(JSON.parse(line)))
    .filter(({ kind }) => kind !== 'urgent')
    .map(({ text, kind }) => ({ from: `questions ${kind}`, text }))
}

export const calmCorpus = (): Calm[] => {
  const seen = new Set<string>()
  return [...fromArticles(), ...fromTexts(), ...fromQuestions()].filter(({ text }) => !seen.has(text) && seen.add(text))
}
