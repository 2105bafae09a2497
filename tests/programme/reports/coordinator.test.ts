/** What a coordinator sees of the reports and does with them, in the pages, and what the worker hears of it. */
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matrixOf } from '../../../bot/programme/reports/matrix.js'
import type { Sql } from '../../../bot/store/store.js'
import { type DeskHouse, signIn } from '../../console/desk-house.js'
import { settle, type TestHouse, testHouse } from '../../house.js'
import { ANSWERS, chat, NUMBERS, newGroup, newWorker, sendReport } from './world.js'

let house: TestHouse
let group: Awaited<ReturnType<typeof newGroup>>
let boss: Awaited<ReturnType<typeof signIn>>
const desk = () => ({ ...house, clock: house.fake.now }) as unknown as DeskHouse

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z' })
  group = await newGroup(house.store)
  boss = await signIn(desk(), { role: 'coordinator' })
})
afterAll(() => house.end())

type Worker = Awaited<ReturnType<typeof newWorker>>

async function sent(about: Parameters<typeof newWorker>[2] = {}) {
  const worker = await newWorker(house.store, group.id, about)
  await sendReport(house, worker.personId)
  return { worker, me: chat(house, worker.address) }
}

const pathOf = ({ personId }: Worker, period = '2026-10') => `/desk/reports/${group.id}/${personId}/${period}`
const reportOf = ({ personId }: Worker) =>
  house.store.db.report.findFirstOrThrow({ where: { personId, period: '2026-10' }, include: { events: true } })
const page = async (path: string) => {
  const answer = await boss.get(path)
  expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200)
  return answer.body
}
const does = async (path: string, fields: Record<string, string> = {}) => {
  await page(`/desk/reports/${group.id}`)
  return boss.post(path, fields)
}

const figures = async (groupId = group.id) =>
  Object.fromEntries(
    (await house.store.db.reportFigure.findMany({ where: { groupId } })).map((row) => [
      [row.city, row.question, row.option].filter(Boolean).join('/'),
      [row.value, row.reports],
    ]),
  )

/** As much of a voice message as tells that it is one. */
const VOICE = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead'), Buffer.alloc(40)])

describe('what a worker says and sends along', () => {
  it('is heard and seen on the report’s page, by whoever may read it, and nothing else of theirs is', async () => {
    const picture = house.wire.fetchFile
    house.wire.fetchFile = async (ref) => (ref === 'said' ? VOICE : Buffer.from((await picture?.(ref)) ?? []))
    const worker = await newWorker(house.store, group.id, { name: 'Halyna' })
    const me = chat(house, worker.address)
    const sends = async (kind: 'voice' | 'photo', mime: string, ref: string) => {
      await me.receive({ kind: 'files', files: [{ kind, mime, bytes: 100, ref }], text: '' })
      await me.settle()
    }
    await sends('photo', 'image/png', 'not for the report')
    await me.says('/report')
    await me.presses('October 2026')
    await me.presses('Yes, let us begin')
    await me.says('Brno', ...NUMBERS)
    await me.says('Work', 'A lawyer', 'Russian', '33,5')
    await sends('voice', 'audio/ogg', 'said')
    await me.says('Two families have found a flat', 'A doctor who speaks Tajik', '4')
    await sends('photo', 'image/png', 'seen')
    await me.presses('Yes, all is right')
    expect(me.last.text).toContain('is sent')
    await settle(house)

    const body = await page(pathOf(worker))
    const links = [...body.matchAll(/href="([^"]*\/files\/[^"]+)">([^<]+)</g)].map(([, path = '', words]) => ({
      path,
      words,
    }))
    expect(links.map(({ words }) => words)).toEqual(['🎤 Voice message', '📎 Photo'])
    expect(body).toMatch(
      /Success<\/dt><dd class="given">Two families have found a flat<.*Missing.*A doctor who speaks Tajik</s,
    )
    const [voice, photo] = await Promise.all(links.map(({ path }) => boss.get(path)))
    expect(voice?.rawPayload.equals(VOICE)).toBe(true)
    expect(photo?.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
    const others = await house.store.db.file.findMany({ where: { personId: worker.personId } })
    expect(others).toHaveLength(3)
    const answers = await Promise.all(others.map(({ id }) => boss.get(`${pathOf(worker)}/files/${id}`)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 404])
    const stranger = await signIn(desk(), { role: 'trainer' })
    expect((await stranger.get(links[0]?.path ?? '')).statusCode).toBe(404)
  })
})

describe('a report that is given back', () => {
  it('reaches the worker at once with the reason, and is open at exactly the answers that were named', async () => {
    const { worker, me } = await sent({ name: 'Olena' })
    expect(await page(pathOf(worker))).toContain('People advised')
    const answer = await does(`${pathOf(worker)}/return`, {
      reason: 'More new people than people?',
      'answer.newClients': 'on',
      'answer.hours': 'on',
    })
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(303)
    await me.settle()
    const [told] = me.hears().slice(-1)
    expect(told?.text).toBe(
      'A report has come back to you: October 2026.\n\nMore new people than people?\n\nI will ask only what is named here: New people, Hours.',
    )
    const asked = await me.presses('Open the report')
    expect(asked.at(-1)?.text).toContain('How many of them came for the first time?')
    await me.says('11')
    expect(me.last.text).toContain('How many hours did you work with people?')
    await me.says('30')
    expect(me.last.text).toContain('• New people: 11')
    await me.presses('Yes, all is right')
    expect(await reportOf(worker)).toMatchObject({ state: 'resubmitted', reopened: null })
    const shown = await page(pathOf(worker))
    expect(shown).toMatch(/New people: <del>12<\/del> → <ins>11<\/ins>/)
    expect(shown).toMatch(/Hours: <del>33.5<\/del> → <ins>30<\/ins>/)
    expect(shown).not.toMatch(/People advised: <del>/)
  })

  it('says so to the coordinator when the worker can be told nowhere', async () => {
    const { worker } = await sent()
    await house.store.db.address.updateMany({ where: { personId: worker.personId }, data: { state: 'blocked' } })
    const acts: [string, Record<string, string>][] = [
      ['return', { reason: 'Please look again', 'answer.hours': 'on' }],
      ['extend', { day: '2026-11-20' }],
    ]
    for (const [act, fields] of acts) {
      const { headers } = await does(`${pathOf(worker)}/${act}`, fields)
      expect(await page(String(headers.location))).toContain('please tell them yourself')
    }
    expect(await reportOf(worker)).toMatchObject({ state: 'returned' })
  })

  it('needs a reason and an answer, and keeps what was written when it is refused', async () => {
    const { worker } = await sent()
    const noAnswers = await does(`${pathOf(worker)}/return`, { reason: 'Please look again' })
    expect(noAnswers.statusCode).toBe(422)
    expect(noAnswers.body).toContain('Name at least one answer')
    expect(noAnswers.body).toContain('Please look again')
    expect((await does(`${pathOf(worker)}/return`, { 'answer.hours': 'on' })).body).toContain('Write why')
    expect(await reportOf(worker)).toMatchObject({ state: 'submitted' })
  })
})

describe('an approved report', () => {
  it('is counted without its person, and taken out of the sums when it is given back', async () => {
    group = await newGroup(house.store)
    const [one, other] = [await sent(), await sent()]
    for (const { worker } of [one, other]) await does(`${pathOf(worker)}/approve`)
    const both = await figures()
    expect(both).toMatchObject({ 'brno/clients': [80, 2], 'brno/topics/work': [2, 2], 'brno/hours': [67, 2] })
    await does(`${pathOf(one.worker)}/return`, { reason: 'Once more', 'answer.hours': 'on' })
    expect(await figures()).toMatchObject({ 'brno/clients': [40, 1], 'brno/topics/work': [1, 1] })
    expect((await house.store.sql('select * from report_figure limit 1'))[0]).not.toHaveProperty('person_id')
    await one.me.says('/report', '30')
    await one.me.presses('Yes, all is right')
    await does(`${pathOf(one.worker)}/approve`)
    expect(await figures()).toMatchObject({ 'brno/clients': [80, 2], 'brno/hours': [63.5, 2] })
  })

  it('is not approved twice', async () => {
    const { worker } = await sent()
    await does(`${pathOf(worker)}/approve`)
    const again = await does(`${pathOf(worker)}/approve`)
    expect(again.statusCode).toBe(422)
    expect(again.body).toContain('The report has changed meanwhile')
  })
})

describe('a lock', () => {
  it('holds the month for everybody, also where nothing was sent, and is recorded', async () => {
    const worker = await newWorker(house.store, group.id)
    const me = chat(house, worker.address)
    await does(`${pathOf(worker)}/lock`)
    await me.says('/report')
    expect(me.last.buttons).not.toContain('October 2026')
    expect(await page(`/desk/reports/${group.id}`)).toContain('locked')
    await does(`${pathOf(worker)}/unlock`)
    await me.says('/report')
    expect(me.last.buttons).toContain('October 2026')
    const acts = await house.store.db.audit.findMany({ where: { staffId: boss.staff.id }, orderBy: { id: 'asc' } })
    expect(acts.map(({ action }) => action)).toEqual(expect.arrayContaining(['report.lock', 'report.unlock']))
    expect((await reportOf(worker)).events.map(({ kind }) => kind)).toEqual(['locked', 'unlocked'])
  })
})

describe('more time', () => {
  it('makes what is late be in time, and tells the worker', async () => {
    const worker = await newWorker(house.store, group.id, { name: 'Zdeněk Pozdní', joinedOn: '2026-10-01' })
    const row = async () => /Zdeněk Pozdní<\/th>[\s\S]*?<\/tr>/.exec(await page(`/desk/reports/${group.id}`))?.[0] ?? ''
    expect(await row()).toContain('missing, late')
    await does(`${pathOf(worker)}/extend`, { day: '2026-11-20' })
    expect(await row()).not.toContain('late')
    const me = chat(house, worker.address)
    await me.settle()
    expect(me.last.text).toBe('You have more time for October 2026: until 20 November 2026.')
    expect((await does(`${pathOf(worker)}/extend`, { day: '2026-13-40' })).statusCode).toBe(422)
  })
})

describe('the months of a group', () => {
  it('show what is expected of whom, in one question to the database however many people there are', async () => {
    const here = await newGroup(house.store, { name: 'Brno 1' })
    const people = await Promise.all(
      ['Anna', 'Bohdan', 'Clara'].map((name) => newWorker(house.store, here.id, { name, joinedOn: '2026-09-10' })),
    )
    await newWorker(house.store, here.id, { name: 'Dana', joinedOn: '2026-08-01', leftOn: '2026-09-02' })
    await house.store.db.report.create({
      data: {
        personId: people[0]?.personId ?? '',
        programmeId: here.programmeId,
        period: '2026-10',
        state: 'nothing',
        sentAt: house.fake.now(),
      },
    })
    let asked = 0
    const sql: Sql = (text, values) => {
      asked++
      return house.store.sql(text, values)
    }
    const matrix = await matrixOf({ sql, vault: house.store.vault }, boss.staff, {
      groupId: here.id,
      now: house.fake.now(),
      months: 5,
    })
    expect(asked).toBe(1)
    expect(matrix.periods).toEqual(['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'])
    expect(
      matrix.rows.map(({ name, cells }) => [name, ...cells.map(({ shown, late }) => `${shown}${late ? '!' : ''}`)]),
    ).toEqual([
      ['Anna', 'notExpected', 'notExpected', 'due!', 'nothing!', 'notDue'],
      ['Bohdan', 'notExpected', 'notExpected', 'due!', 'due!', 'notDue'],
      ['Clara', 'notExpected', 'notExpected', 'due!', 'due!', 'notDue'],
      ['Dana', 'notExpected', 'due!', 'due!', 'notExpected', 'notExpected'],
    ])
  })

  it('are a trainer’s only for their own groups, and to look at, which leaves a trace', async () => {
    const trainer = await signIn(desk(), { role: 'trainer' })
    const own = await newGroup(house.store, { name: 'Own', trainerId: trainer.staff.id })
    expect((await trainer.get('/desk/reports')).body).toContain('Own')
    expect((await trainer.get('/desk/reports')).body).not.toContain('Brno 1')
    const looks = { action: 'programme.names', staffId: trainer.staff.id }
    expect(await house.store.db.audit.count({ where: looks })).toBe(0)
    expect((await trainer.get(`/desk/reports/${own.id}`)).statusCode).toBe(200)
    expect((await trainer.get(`/desk/reports/${group.id}`)).statusCode).toBe(404)
    const traces = await house.store.db.audit.findMany({ where: looks, select: { object: true } })
    expect(traces).toEqual([{ object: own.id }])
    expect((await trainer.post(`/desk/reports/${own.id}/remind`, { period: '2026-10' })).statusCode).toBe(403)
  })

  it('remind those who are missing, each once a day, and nobody else', async () => {
    group = await newGroup(house.store)
    const { me: done } = await sent()
    const worker = await newWorker(house.store, group.id)
    const me = chat(house, worker.address)
    done.hears()
    const remind = async () => {
      const { headers } = await does(`/desk/reports/${group.id}/remind`, { period: '2026-10' })
      return page(String(headers.location))
    }
    expect(await remind()).toContain('Reminded. Where it is night now, the message comes in the morning.')
    expect(await remind()).toContain('There is nobody to remind')
    await me.settle()
    await done.settle()
    expect(me.hears().map(({ text }) => text)).toEqual([
      'A month is waiting for your report: October 2026. If there was nothing, you can say that too.',
    ])
    expect(done.hears()).toEqual([])
  })
})

describe('the export', () => {
  const take = (fields: Record<string, string>) =>
    does(`/desk/reports/${group.id}/export`, { from: '2026-10', to: '2026-10', ...fields })

  it('is the same table in CSV and in Excel, and runs no formula', async () => {
    group = await newGroup(house.store)
    await sent({ name: '=cmd|calc' })
    const worker = await newWorker(house.store, group.id, { name: 'Žaneta "Ďuri"; Šová' })
    const said = { missing: 'A phone: "+420 777 123 456";\nand, a house', success: '+420 777 123 456' }
    await sendReport(house, worker.personId, '2026-10', { ...ANSWERS, ...said })
    const written = parse((await take({ as: 'csv' })).body, { bom: true, delimiter: ';' })
    const answer = await take({ as: 'xlsx' })
    const rows = await readSheet(answer.rawPayload)
    expect(rows).toHaveLength(3)
    const [heads = [], ...people] = rows
    const column = (name: string) => people.map((row) => row[heads.indexOf(name)])
    expect(column('Person').sort()).toEqual(['=cmd|calc', 'Žaneta "Ďuri"; Šová'])
    expect(column('People advised')).toEqual([40, 40])
    expect(column('Hours')).toEqual([33.5, 33.5])
    expect(column('Topics')).toEqual(['Work, Housing', 'Work, Housing'])
    expect(people.flat()).toEqual(expect.arrayContaining(Object.values(said)))
    // In the workbook words never run; in CSV an apostrophe keeps them from it
    const inCsv = (cell: unknown) => (cell === '=cmd|calc' ? "'=cmd|calc" : String(cell ?? ''))
    expect(written).toEqual(rows.map((row) => row.map(inCsv)))
  })

  it('is refused for more than a year, and while a breach is looked into', async () => {
    expect((await take({ from: '2025-01' })).statusCode).toBe(422)
    await house.store.db.breach.create({
      data: { byId: boss.staff.id, at: house.fake.now(), words: house.store.vault.house.seal('breach.words', 'lost') },
    })
    expect((await take({ as: 'csv' })).statusCode).toBe(409)
  })
})
