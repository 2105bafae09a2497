/** The data map (S48): every column says what it holds, how long and for whom; the committed page says the same. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataMapProblems } from '../../bot/cli/data-map.js'
import { ROOT } from '../../bot/config.js'
import { STAFF_ROLES } from '../../bot/desk/access.js'
import { READERS, readDataMap } from '../../bot/store/data-map.js'
import { LIFETIMES, type LifetimeName, overBefore, spoken } from '../../bot/store/lifetimes.js'
import { embeddedDatabase } from './databases.js'

const schema = (
  columns: string,
  model = '/// A pet. · class: pseudonym · kept: case · read by: consultant, supervisor',
) =>
  `/// Somebody.\nmodel Owner {\n}\n\n${model}\nmodel Pet {\n${columns}\n\n  @@index([name])\n  @@map("pet_file")\n}\n`

const NAMED = '  /// What it is called.\n  name String'

describe('The data map', () => {
  it('reads what a model says for its columns, and what a column says for itself', () => {
    const { models, problems } = readDataMap(
      schema(`${NAMED}\n  /// Its chip. · class: personal · stored: person key · kept: phone, message · read by: machine
  chip Bytes? @map("c")\n  owner Owner @relation(fields: [name], references: [id])`),
    )
    expect(problems).toEqual([])
    const [owner, pet] = models
    expect(owner?.columns).toEqual([])
    expect(pet).toMatchObject({ name: 'Pet', table: 'pet_file', words: 'A pet.' })
    expect(pet?.columns).toEqual([
      {
        name: 'name',
        words: 'What it is called.',
        class: 'pseudonym',
        stored: 'plain',
        kept: ['case'],
        readers: ['consultant', 'supervisor'],
      },
      {
        name: 'chip',
        words: 'Its chip.',
        class: 'personal',
        stored: 'person key',
        kept: ['phone', 'message'],
        readers: ['machine'],
      },
    ])
  })

  it.each([
    ['without a comment', '  name String', /^Pet\.name has no comment\. Say above it/],
    ['with only the comment of its neighbour', `${NAMED}\n  age Int`, /^Pet\.age has no comment/],
    [
      'of an unknown class',
      `${NAMED.replace('.', '. · class: private')}`,
      /^Pet\.name: "private" is no class\. Choose of: none, /,
    ],
    [
      'with an unknown lifetime',
      NAMED.replace('.', '. · kept: case, ages'),
      /^Pet\.name: "ages" is no lifetime\. Choose of: message, /,
    ],
    ['with an unknown reader', NAMED.replace('.', '. · read by: boss'), /^Pet\.name: "boss" is no reader/],
    [
      'with a word that is not of the form',
      NAMED.replace('.', '. · lifetime: case'),
      /^Pet\.name: "lifetime: case" is not understood/,
    ],
    [
      'of bytes that nobody knows how they are sealed',
      `${NAMED}\n  /// Its chip.\n  chip Bytes`,
      /^Pet\.chip holds bytes/,
    ],
    ['of words that claim to be sealed', NAMED.replace('.', '. · stored: person key'), /^Pet\.name is no Bytes column/],
  ])('names a column %s', (_, columns, sentence) => {
    const [problem] = readDataMap(schema(columns)).problems
    expect(problem).toMatch(sentence)
  })

  it('S48 names a column for which nobody says class, lifetime and reader', () => {
    const { problems } = readDataMap(schema(NAMED, '/// A pet.'))
    const own = problems.filter((each) => each.startsWith('Pet.name'))
    expect(own).toHaveLength(3)
    for (const what of ['class', 'lifetime', 'reader']) expect(own.join()).toContain(`no ${what} is given`)
  })

  it('knows every role of the staff', () => {
    expect(Object.keys(READERS)).toEqual(expect.arrayContaining([...STAFF_ROLES]))
  })

  it('S48 is complete for our schema, and its page is fresh', () => {
    expect(dataMapProblems()).toEqual([])
  })

  it('holds every table and column that the database has', async () => {
    const { models } = readDataMap(readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8'))
    const { store, drop } = await embeddedDatabase()
    try {
      const rows = await store.sql<{ name: string; columns: number }>(
        `select table_name as name, count(*)::int as columns from information_schema.columns
          where table_schema = 'public' and table_name <> '_prisma_migrations' group by table_name order by 1`,
      )
      const ours = models.map(({ table, columns }) => ({ name: table, columns: columns.length }))
      expect(ours.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(rows)
    } finally {
      await drop()
    }
  })

  it('uses every lifetime that it prints, but for what lies in the folder', () => {
    const { models } = readDataMap(readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8'))
    const used = new Set(models.flatMap(({ columns }) => columns.flatMap(({ kept }) => kept)))
    const unused = (Object.keys(LIFETIMES) as LifetimeName[]).filter((name) => !used.has(name))
    expect(unused).toEqual(['strayFile', 'backup'])
  })
})

describe('Lifetimes', () => {
  it('are spoken as people say them', () => {
    expect([30 * 86_400_000, 86_400_000, 3_600_000, 600_000, 0, null].map(spoken)).toEqual([
      '30 days',
      '1 day',
      '1 hour',
      '10 minutes',
      'at once',
      '–',
    ])
  })

  it('end what is older than they are', () => {
    expect(overBefore('receipt', new Date('2026-11-20T12:00:00Z'))).toEqual(new Date('2026-11-13T12:00:00Z'))
  })
})
