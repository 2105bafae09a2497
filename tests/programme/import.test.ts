/** A list of people becomes a group, or every broken row is named and nobody comes in. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffMember } from '../../bot/desk/access.js'
import { readCsv } from '../../bot/programme/import/csv.js'
import { importWorkers } from '../../bot/programme/import/import.js'
import { type Known, planRows } from '../../bot/programme/import/rows.js'
import { readTable } from '../../bot/programme/import/table.js'
import { wordOf } from '../../bot/programme/people/days.js'
import { enrol } from '../../bot/programme/people/enrolments.js'
import { groupOverview } from '../../bot/programme/people/overview.js'
import { CITIES } from '../../bot/text/cities.js'
import { STAFF_LANGUAGES } from '../../bot/text/languages.js'
import { type TestHouse, testHouse } from '../house.js'
import { workbook, zip } from './workbook.js'
import { day, FIRST_DAY, LAST_DAY, programmeWith, refused, staffOf, worker } from './world.js'

const SEED = 20261130
const bytes = (text: string) => Buffer.from(text)

describe('a table', () => {
  const EXPECTED = [
    ['name', 'city'],
    ['Nováková; Jana', 'Brno'],
    ['Say "hi"', ''],
  ]
  it.each([
    ['with semicolons', 'name;city\r\n"Nováková; Jana";Brno\r\n"Say ""hi""";\r\n'],
    ['with commas', 'name,city\n"Nováková; Jana",Brno\n"Say ""hi""",'],
    ['with tabs', 'name\tcity\n"Nováková; Jana"\tBrno\n"Say ""hi"""\t'],
    ['with a mark at its beginning', '\uFEFFname;city\n"Nováková; Jana";Brno\n"Say ""hi""";'],
  ])('%s is read as it was written', async (_, text) => {
    expect(await readTable(bytes(text))).toEqual(EXPECTED)
  })

  it('is a workbook of Excel, too, with days as days', async () => {
    const rows = [
      ['name', 'joined'],
      ['Žofie & Čeněk <3', new Date('2026-10-05T00:00:00Z')],
    ]
    expect(await readTable(workbook(rows))).toEqual([
      ['name', 'joined'],
      ['Žofie & Čeněk <3', '2026-10-05'],
    ])
  })

  it('is refused where its letters are not sure, where it is none, and where it is too large', async () => {
    expect(await refused(readTable(Buffer.from([0x6e, 0x61, 0xe9, 0x0a])))).toBe('notUtf8')
    expect(await refused(readTable(bytes('PK but nothing of a workbook')))).toBe('notATable')
    expect(await refused(readTable(zip({ 'a.xml': '<a/>' })))).toBe('notATable')
    expect(await refused(readTable(zip({ 'a.xml': '<a/>' }, 2 ** 31)))).toBe('tableTooBig')
    expect(await refused(readTable(bytes('name\n'.repeat(502))))).toBe('tableTooBig')
    expect(await refused(readTable(Buffer.alloc(3_000_000, 'a')))).toBe('tableTooBig')
  })

  it('comes back from any cells, whatever stands in them and whatever divides them', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 })
    const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(';', ',', '\t'),
        fc.constantFrom('\n', '\r\n'),
        (rows, delimiter, end) => {
          const head = ['name', 'city']
          const text = [head, ...rows].map((row) => row.map(quoted).join(delimiter)).join(end)
          expect(readCsv(text)).toEqual([head, ...rows])
        },
      ),
      { seed: SEED, numRuns: 200 },
    )
  })
})

const known: Known = {
  programme: { startsOn: day(FIRST_DAY), endsOn: day(LAST_DAY) },
  group: { id: 'g1', name: 'Prague 1' },
  groups: [
    { id: 'g1', name: 'Prague 1', room: 30 },
    { id: 'g2', name: 'Brno', room: 1 },
  ],
  people: [{ name: 'Jana Nováková', group: 'Brno' }],
  cityNames: ({ id }) => (id === 'prague' ? ['Прага', 'Praha'] : []),
  today: day('2026-11-20'),
}

describe('its rows', () => {
  it.each([
    ['name;city;organisation;language;joined', 'en'],
    ['Имя;Город;Организация;Язык;Дата начала', 'ru'],
    ['Jméno;Město;Organizace;Jazyk;Nástup', 'cs'],
    ["Ім'я;Місто;Організація;Мова;Початок", 'uk'],
  ])('are understood under %s', (head, language) => {
    const rows = readCsv(`${head}\nPetr;Praha;Most;${language};5. 10. 2026`)
    expect(planRows(rows, known)).toEqual({
      planned: [
        {
          row: 2,
          groupId: 'g1',
          worker: {
            name: 'Petr',
            city: expect.objectContaining({ id: 'prague' }),
            organisation: 'Most',
            language,
            joinedOn: day('2026-10-05'),
          },
        },
      ],
      problems: [],
    })
  })

  it('are each named by number and reason where they are broken', () => {
    const rows = readCsv(
      [
        'name;city;group;language;joined',
        ';;;;',
        ';Prague;;;',
        'Ivan;Atlantis;;;',
        'Olga;;;xx;',
        'Petr;;;;31. 11. 2026',
        'Anna;;;;1/2/2026',
        'Eva;;;;2026-08-31',
        'Jana  NOVÁKOVÁ;;;;',
        'Karel;;Ostrava;;',
        'Marie;;brno;;',
        'Dana;;Brno;;',
        'marie;;;;',
      ].join('\n'),
    )
    const { problems } = planRows(rows, known)
    expect(problems.map(({ row, code }) => [row, code])).toEqual([
      [3, 'noName'],
      [4, 'noCity'],
      [5, 'noLanguage'],
      [6, 'noDay'],
      [7, 'noDay'],
      [8, 'dayOutside'],
      [9, 'inGroup'],
      [10, 'noGroup'],
      [12, 'full'],
      [13, 'twice'],
    ])
    expect(problems.at(-1)?.values).toEqual({ other: 11 })
  })

  it('lose nobody: each row that is not empty is either planned as it was written, or named', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => text.replace(/\s+/g, ' ').trim())
    const row = fc.tuple(
      name,
      fc.constantFrom('', 'Praha', 'Brno', 'Atlantis', ...CITIES.map(({ id }) => id)),
      fc.constantFrom('', 'Prague 1', 'Brno', 'Nowhere'),
      fc.constantFrom('', ...STAFF_LANGUAGES, 'tg'),
      fc.constantFrom('', '2026-10-01', '1. 10. 2026', '2025-01-01', 'soon'),
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        fc.pre(rows.some((cells) => cells.some((cell) => cell !== '')))
        const { planned, problems } = planRows([['name', 'city', 'group', 'language', 'joined'], ...rows], known)
        const named = new Set([...planned, ...problems].map(({ row }) => row))
        rows.forEach((cells, index) => {
          expect(named.has(index + 2)).toBe(cells.some((cell) => cell !== ''))
        })
        for (const { row, worker } of planned) {
          expect(worker.name).toBe(rows[row - 2]?.[0])
          expect(problems.some((each) => each.row === row)).toBe(false)
          const joined = wordOf(worker.joinedOn)
          expect(joined >= FIRST_DAY && joined <= LAST_DAY).toBe(true)
        }
        const inBrno = planned.filter(({ groupId }) => groupId === 'g2')
        expect(inBrno.length).toBeLessThanOrEqual(1)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it.each([
    ['without a column of names', 'city;language\nPraha;cs', 'noNameColumn'],
    ['with two columns of one meaning', 'name;jméno\nA;B', 'twoColumns'],
    ['of nobody', 'name;city\n;\n', 'emptyTable'],
  ])('are refused %s', async (_, text, code) => {
    expect(await refused((async () => planRows(readCsv(text), known))())).toBe(code)
  })
})

describe('a group from a list', () => {
  let house: TestHouse
  let coordinator: StaffMember
  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    coordinator = await staffOf(house, 'coordinator')
  })
  afterAll(() => house.end())

  const listOf = (n: number) =>
    ['name;organisation', ...Array.from({ length: n }, (_, nth) => `Person ${nth};Org ${nth % 3}`)].join('\n')
  const peopleIn = async (id: string) => (await groupOverview(house.store, coordinator, id)).people

  it('has everybody, or with one broken row nobody: no person, no organisation', async () => {
    const { groups } = await programmeWith(house, coordinator, ['A'])
    const [id = ''] = groups
    const before = await house.store.db.person.count()
    const broken = await importWorkers(house, coordinator, id, bytes(`${listOf(27)}\nPerson 3;Org 1`))
    expect(broken).toEqual({ added: 0, problems: [{ row: 29, code: 'twice', values: { other: 5 } }] })
    expect(await house.store.db.person.count()).toBe(before)
    expect(await house.store.db.organisation.count()).toBe(0)
    expect(await importWorkers(house, coordinator, id, bytes(listOf(28)))).toEqual({ added: 28, problems: [] })
    expect(await peopleIn(id)).toHaveLength(28)
    expect(await house.store.db.organisation.count()).toBe(3)
    // Sent again, everybody is there already
    const again = await importWorkers(house, coordinator, id, bytes(listOf(28)))
    expect(again.problems.map(({ code }) => code)).toEqual(Array(28).fill('inGroup'))
  })

  it('names the thirty-first by its row', async () => {
    const { groups } = await programmeWith(house, coordinator, ['B'])
    const [id = ''] = groups
    await enrol(house, coordinator, id, worker('First'))
    const { problems } = await importWorkers(house, coordinator, id, bytes(listOf(30)))
    expect(problems).toEqual([{ row: 31, code: 'full', values: { group: 'B' } }])
    expect(await peopleIn(id)).toHaveLength(1)
  })

  it('S31 is for coordinators only', async () => {
    const { groups } = await programmeWith(house, coordinator, ['C'])
    const trainer = await staffOf(house, 'trainer')
    expect(await refused(importWorkers(house, trainer, groups[0] ?? '', bytes(listOf(2))))).toBe('notAllowed')
  })
})
