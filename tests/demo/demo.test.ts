/** A small programme played through the whole house: the console shows what was said and done, and the accountant sees when it does not. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crowd } from '../bench/crowd.js'
import { statementsOfPages } from '../bench/matrix.js'
import { embeddedFolder, emptyServedDatabase, KEY, SERVED } from '../store/databases.js'
import { account } from './accountant/accountant.js'
import { monthIn } from './accountant/days.js'
import { numberOf } from './accountant/numbers.js'
import { compare } from './pages/compare.js'
import { summary } from './pages/summary.js'
import { COORDINATOR, GROUP, OTHER_GROUP, type Play, speakersOf, TRAINER } from './play/play.js'
import { simulate } from './simulate.js'
import type { Transcript } from './transcript.js'

/** Plays for half a minute; `npm run demo` plays it at its full length. */
let play: Play
let end = async () => undefined as unknown
beforeAll(async () => {
  const served = SERVED ? await emptyServedDatabase() : undefined
  const dataDir = served ? mkdtempSync(join(tmpdir(), 'rahnamo-')) : await embeddedFolder()
  const ground = { dataDir, databaseUrl: served?.url, key: KEY.toString('base64') }
  play = await simulate({ people: 6, sessions: 2, months: 2, seed: 7, last: '2026-11', ground })
  end = async () => {
    await play.stage.close()
    await served?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  // A busy machine takes its time for seven hundred lines of talk
}, 240_000)
afterAll(() => end())

const booksOf = (transcript: Transcript) => account(transcript, speakersOf(play), play.stage.now())

describe('a programme', () => {
  it('is shown in the console as it was, number by number, and nothing went wrong on the way', async () => {
    const { areas, differences } = await compare(play, booksOf(play.notes.entries))
    expect(differences).toEqual([])
    expect([...areas.keys()]).toEqual([
      ...['group', 'lists', 'days', 'months', 'reports', 'csv', 'xlsx', 'sums', 'figures', 'paper'],
      ...['feedback', 'duties', 'support'],
    ])
    for (const { compared } of areas.values()) expect(compared).toBeGreaterThan(15)
    expect(play.stage.warnings).toEqual([])
  })

  it('of the same seed is the same', () => {
    expect(summary(booksOf(play.notes.entries))).toEqual([
      '6 people, 6 joined',
      'module 1  here 7, late 1 (44 min), not here 0, excused 4; 32 whole hours',
      'module 2  here 7, late 0 (0 min), not here 1, excused 4; 24 whole hours',
      'Ostrava 1: module 1  here 1, late 1 (15 min), not here 0, excused 0; 8 whole hours',
      '2026-09  approved 6; late 1; advised 207, hours 246.5; answers of clients 12',
      '2026-10  approved 3, begun 1, locked 1, sent 1; late 1; advised 166, hours 249.5; answers of clients 14',
      '2026-11  not due yet 6; advised 0, hours 0; answers of clients 0',
      'duties: 0 have fulfilled them; 37 things are missing',
    ])
  })
})

describe('the accountant', () => {
  /** The transcript with one line of it otherwise. */
  const otherwise = (
    is: (entry: Transcript[number]) => boolean,
    change: (entry: Transcript[number]) => Transcript[number],
  ): Transcript => {
    const place = play.notes.entries.findIndex(is)
    expect(place).toBeGreaterThanOrEqual(0)
    return play.notes.entries.map((entry, nth) => (nth === place ? change(entry) : entry))
  }

  it('names both numbers when somebody wrote another one than is shown', async () => {
    const { entries } = play.notes
    const asked = entries.findIndex(({ text }) => text.startsWith('How many hours did you work with people?'))
    const answer = entries[asked + 1]
    const altered = otherwise(
      (entry) => entry === answer,
      (entry) => ({ ...entry, text: '399,5' }),
    )
    const { differences } = await compare(play, booksOf(altered), ['exported'])
    const typed = numberOf(answer?.text ?? '')
    expect(differences).toContain(`csv: ${answer?.who}, 2026-09, Hours: counted 399.5, shown ${typed}`)
    expect(differences.some((each) => /^xlsx: sum of Hours: counted .* shown/.test(each))).toBe(true)
  })

  it('names who came at another minute, and a sum that was changed behind its back', async () => {
    const altered = otherwise(
      ({ did, about }) => did === 'comes' && about?.group === OTHER_GROUP,
      (entry) => ({ ...entry, at: new Date(entry.at.getTime() + 40 * 60_000) }),
    )
    const late = await compare(play, booksOf(altered), ['days'])
    expect(late.differences).toEqual([
      expect.stringMatching(/^days: Ostrava 1, module 1, .*, arrival: counted late, shown here$/),
      expect.stringMatching(/^days: Ostrava 1, module 1, .*, arrival, minutes late: counted 37, shown 0$/),
    ])
    const { sql } = play.stage.house.store
    const change = (by: number) =>
      sql(
        `update report_figure set value = value + $1 where question = 'clients' and period = '2026-09' returning city`,
        [by],
      )
    await change(1)
    const { differences } = await compare(play, booksOf(play.notes.entries), ['sums', 'figures', 'paper'])
    await change(-1)
    expect(differences[0]).toMatch(/^sums: 2026-09 \S+ clients : counted \d+, shown \d+$/)
    for (const where of ['figures: group, 2026-09, people advised', 'figures: programme, 2026-09, people advised'])
      expect(differences).toContainEqual(expect.stringMatching(`^${where}: counted \\d+, shown \\d+$`))
    expect(differences).toContainEqual(expect.stringMatching(/^paper: 2026-09, clients: counted \d+, shown \d+$/))
  })

  it('names every list that counts somebody who left behind its back, and on paper a report that nobody expects', async () => {
    const { sql } = play.stage.house.store
    const [one] = await sql<{ id: string }>('select id from enrolment where group_id = $1::uuid limit 1', [
      play.groupId,
    ])
    const leaves = (leftOn: string | null) =>
      sql('update enrolment set left_on = $2::date where id = $1::uuid returning id', [one?.id, leftOn])
    await leaves('2026-10-31')
    const { differences } = await compare(play, booksOf(play.notes.entries), ['lists', 'paper'])
    await leaves(null)
    expect(differences).toEqual([
      ...[COORDINATOR, TRAINER].flatMap((who) => [
        `lists: programmes of ${who}, people: counted 6, shown 5`,
        `lists: programme of ${who}, ${GROUP}, people: counted 6, shown 5`,
        `lists: programme of ${who}, ${GROUP}, joined: counted 6, shown 5`,
        `lists: reports of ${who}, ${GROUP}, people: counted 6, shown 5`,
      ]),
      'paper: 2026-11, expected: counted 6, shown 5',
      'paper: 2026-11, missing: counted 6, shown 5',
    ])
  })

  it('names what a client said otherwise, and who is told too much or too little of their duties', async () => {
    const unkind = play.notes.entries.map((entry) =>
      entry.did === 'answers' ? { ...entry, about: { ...entry.about, helped: 'no' } } : entry,
    )
    const said = await compare(play, booksOf(unkind), ['feedback'])
    expect(said.differences.some((each) => /, helped no: counted \d+, shown \d+$/.test(each))).toBe(true)
    const name = play.notes.entries.find(({ did }) => did === 'approves')?.about?.person ?? ''
    const undecided = play.notes.entries.filter(({ did, about }) => did !== 'approves' || about?.person !== name)
    const { differences } = await compare(play, booksOf(undecided), ['duties'])
    expect(differences).toContainEqual(expect.stringMatching(`^duties: ${name}, missing: counted `))
    expect(differences).toContainEqual(
      expect.stringMatching(`^duties: ${name}, reports approved, in the chat: counted `),
    )
  })

  it('reads numbers and months by rules of its own', () => {
    expect(['1 200', '12,5', 'dvacet', '٣٠', '15 min', '0x10', 'пʼять'].map(numberOf)).toEqual([
      ...[1200, 12.5, 20, 30, 15, undefined, 5],
    ])
    expect(['červen 2026', 'červenec 2026', 'май 2026', 'октябрь 2026', 'листопад 2026'].map(monthIn)).toEqual([
      ...['2026-06', '2026-07', '2026-05', '2026-10', '2026-11'],
    ])
  })
})

describe('the months of a group', () => {
  it.runIf(SERVED)('take as many statements for many groups and people as for few', async () => {
    const { stage, groupId } = play
    const { page } = await stage.console(COORDINATOR)
    const few = await statementsOfPages(page, groupId)
    expect(few.months).toBeGreaterThan(0)
    for (let n = 0; n < 6; n++) await crowd(stage.house, { size: 3, months: ['2026-10'] })
    const large = await crowd(stage.house, {
      size: 30,
      months: ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'],
    })
    expect(await page(`reports/${large.groupId}`)).toContain('Worker 29')
    expect(await statementsOfPages(page, large.groupId)).toEqual(few)
  })
})
