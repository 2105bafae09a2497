/** The knowledge in the database: loaded from the seed at first, owned by people afterwards. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Store, Tx } from '../store/store.js'
import { isLanguage, type Language } from '../text/languages.js'
import { type Article, type Contact, eachText } from './article.js'
import { readSeed } from './seed.js'

const seedHash = (entry: Article | Contact): string =>
  createHash('sha256').update(JSON.stringify(entry)).digest('hex').slice(0, 16)

type Known = Map<string, string | null>

/** New in the seed, or changed there and untouched by people here. */
const wanted = <Entry extends Article | Contact>(entries: Entry[], known: Known): (Entry & { seed: string })[] =>
  entries
    .map((entry) => ({ ...entry, seed: seedHash(entry) }))
    .filter(({ id, seed }) => !known.has(id) || (known.get(id) !== null && known.get(id) !== seed))

const SEED_SETTING = 'seed'

/** What the seed files say, without reading them as YAML: that takes longer than all the rest of a start. */
function fingerprint(dir: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files) hash.update(relative(dir, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/**
 * Brings the starter knowledge of the folder into the database, if it is not there yet. What people have changed there (`seed` is
 * null) is never overwritten. Returns how many entries are new or changed.
 * @throws SetupError SEED_INVALID
 */
export async function loadSeed(store: Store, dir: string): Promise<number> {
  const value = fingerprint(dir)
  const known = await store.db.setting.findUnique({ where: { name: SEED_SETTING } })
  if (known?.value === value) return 0
  const seed = readSeed(dir)
  const [articles, contacts] = await Promise.all([
    store.db.article.findMany({ select: { id: true, seed: true } }),
    store.db.contact.findMany({ select: { id: true, seed: true } }),
  ])
  const newArticles = wanted(seed.articles, new Map(articles.map((row) => [row.id, row.seed])))
  const newContacts = wanted(seed.contacts, new Map(contacts.map((row) => [row.id, row.seed])))
  await store.transaction(async (tx) => {
    await putArticles(tx, newArticles)
    await putContacts(tx, newContacts)
    const name = SEED_SETTING
    await tx.setting.upsert({ where: { name }, create: { name, value }, update: { value } })
  })
  return newArticles.length + newContacts.length
}

async function putArticles(tx: Tx, articles: (Article & { seed: string })[]): Promise<void> {
  await tx.article.deleteMany({ where: { id: { in: articles.map(({ id }) => id) } } })
  await tx.article.createMany({
    data: articles.map(({ id, country, city, topic, facts, source, asOf, confidence, verify, seed }) => ({
      id,
      country,
      city: city ?? null,
      topic,
      facts,
      sourceTitle: source.title,
      sourceUrl: source.url,
      asOf,
      confidence,
      verify,
      seed,
    })),
    skipDuplicates: true,
  })
  await tx.articleText.createMany({
    data: articles.flatMap(({ id, texts }) =>
      eachText(texts).map(([language, { title, text, asks = [] }]) => ({ articleId: id, language, title, text, asks })),
    ),
    skipDuplicates: true,
  })
}

async function putContacts(tx: Tx, contacts: (Contact & { seed: string })[]): Promise<void> {
  await tx.contact.deleteMany({ where: { id: { in: contacts.map(({ id }) => id) } } })
  await tx.contact.createMany({
    data: contacts.map(({ texts: _, city, phone, url, languages, ...rest }) => ({
      ...rest,
      city: city ?? null,
      phone: phone ?? null,
      url: url ?? null,
      languages: languages ?? [],
    })),
    skipDuplicates: true,
  })
  await tx.contactText.createMany({
    data: contacts.flatMap(({ id, texts }) =>
      eachText(texts).map(([language, { name, address, hours, note }]) => ({
        contactId: id,
        language,
        name,
        address: address ?? null,
        hours: hours ?? null,
        note: note ?? null,
      })),
    ),
    skipDuplicates: true,
  })
}

const byLanguage = <Row extends { language: string }, Text>(
  rows: Row[],
  text: (row: Row) => Text,
): Partial<Record<Language, Text>> =>
  Object.fromEntries(rows.filter(({ language }) => isLanguage(language)).map((row) => [row.language, text(row)]))

/** Drops what is not there, as the shapes of `article.ts` want it. */
const present = <T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && each !== undefined)) as never

export type Knowledge = { articles: Article[]; contacts: Contact[]; confirmed: ReadonlySet<string> }

/** Everything that may be shown: what a consultant has withdrawn stays out. */
export async function readKnowledge(store: Pick<Store, 'db'>): Promise<Knowledge> {
  const [articles, contacts] = await Promise.all([
    store.db.article.findMany({
      where: { review: { not: 'withdrawn' } },
      include: { texts: true },
      orderBy: { id: 'asc' },
    }),
    store.db.contact.findMany({ include: { texts: true }, orderBy: { id: 'asc' } }),
  ])
  return {
    confirmed: new Set(articles.filter(({ review }) => review === 'confirmed').map(({ id }) => id)),
    articles: articles.map((row) =>
      present({
        id: row.id,
        country: row.country as Article['country'],
        city: row.city,
        topic: row.topic,
        facts: row.facts,
        source: { title: row.sourceTitle, url: row.sourceUrl },
        asOf: row.asOf,
        confidence: row.confidence as Article['confidence'],
        verify: row.verify,
        texts: byLanguage(row.texts, ({ title, text, asks }) => ({ title, text, asks })),
      }),
    ) as Article[],
    contacts: contacts.map((row) =>
      present({
        id: row.id,
        country: row.country as Contact['country'],
        city: row.city,
        kind: row.kind,
        phone: row.phone,
        url: row.url,
        languages: row.languages,
        source: row.source,
        asOf: row.asOf,
        confidence: row.confidence as Contact['confidence'],
        verify: row.verify,
        texts: byLanguage(row.texts, ({ name, address, hours, note }) => present({ name, address, hours, note })),
      }),
    ) as Contact[],
  }
}
