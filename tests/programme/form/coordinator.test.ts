/** A coordinator changes in the pages what the report asks, while workers are in the middle of it. */
import { join } from 'node:path'
import { readSheet } from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionSpecs } from '../../../bot/actions.js'
import { ROOT } from '../../../bot/config.js'
import { createReceive } from '../../../bot/conversation/receive.js'
import type { Values } from '../../../bot/engine/types.js'
import { readFlows } from '../../../bot/flows.js'
import { defaultForm } from '../../../bot/programme/form/default-form.js'
import { reportFlow } from '../../../bot/programme/form/flow.js'
import { editForm, formState, publishForm } from '../../../bot/programme/form/publish.js'
import { versionFor } from '../../../bot/programme/form/start.js'
import { type DeskHouse, signIn } from '../../console/desk-house.js'
import { type TestHouse, testHouse } from '../../house.js'
import { SERVED, servedDatabase } from '../../store/databases.js'
import { ANSWERS, chat, fill, newGroup, newWorker } from '../reports/world.js'
import { refused } from '../world.js'
import { fieldsOf, label, prefixed, question } from './words.js'

let house: TestHouse
let boss: Awaited<ReturnType<typeof signIn>>
let other: Awaited<ReturnType<typeof signIn>>
let group: Awaited<ReturnType<typeof newGroup>>

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z', ...(SERVED ? { database: servedDatabase } : {}) })
  const desk = { ...house, clock: house.fake.now } as unknown as DeskHouse
  boss = await signIn(desk, { role: 'coordinator' })
  other = await signIn(desk, { role: 'coordinator', language: 'uk' })
})
afterAll(() => house.end())

const pathOf = () => `/desk/programmes/${group.programmeId}/form`
const page = async (who = boss) => (await who.get(pathOf())).body

/** Sends one of the page's forms, with the edition that the page has. */
async function send(name: string, fields: Record<string, string> = {}, who = boss, edition?: string) {
  const body = await page(who)
  const newest = /name="edition" value="(\d+)"/.exec(body)?.[1] ?? ''
  return who.post(`${pathOf()}/${name}`, { edition: edition ?? newest, seen: edition ?? newest, ...fields })
}

async function does(name: string, fields: Record<string, string> = {}) {
  const answer = await send(name, fields)
  expect(answer.statusCode, /class="notice"[^>]*>([^<]*)/.exec(answer.body)?.[1]).toBe(303)
}

const state = async () =>
  formState(house.store.db, await house.store.db.programme.findUniqueOrThrow({ where: { id: group.programmeId } }))
const idOf = async (name: string) =>
  (await state()).draft.questions.find(({ words }) => words.en.short === `${name} en`)?.id ?? ''

type Worker = Awaited<ReturnType<typeof newWorker>>
type Chat = ReturnType<typeof chat>
async function begin(me: Chat, month: string) {
  await me.says('/report')
  await me.presses(month)
  await me.presses('Yes, let us begin')
  await me.says('Brno')
}

/** All of it answered, in a draft from before drafts named their version. */
async function keepAnswers({ personId, drawer }: Worker, month: string) {
  const skipped = { difficulty: null, success: null, missing: null, attachments: null }
  const answers = drawer.sealJson('draft.answers', { month, kind: 'report', ...ANSWERS, ...skipped })
  await house.store.db.draft.create({ data: { personId, flow: 'report', answers, until: new Date('2027-01-01') } })
}

const answersOf = async ({ personId, drawer }: Worker, period: string) => {
  const found = await house.store.db.reportVersion.findMany({
    where: { report: { personId, period } },
    orderBy: { number: 'asc' },
  })
  return found.map(({ answers }) => (answers ? drawer.openJson<Values>('report.answers', answers) : {}))
}

it('a question is added while a draft is open: the draft keeps its form, also on Slack; the next month asks the new one', async () => {
  group = await newGroup(house.store)
  const worker = await newWorker(house.store, group.id, { channels: ['telegram', 'slack'] })
  const telegram = chat(house, worker.address)
  await begin(telegram, 'September 2026')
  await telegram.says('40', '12')
  // Another one has left theirs for the menu
  const away = await newWorker(house.store, group.id)
  const elsewhere = chat(house, away.address)
  await begin(elsewhere, 'October 2026')
  await elsewhere.says('/worker')

  await does('questions', fieldsOf('Bikes'))
  expect(await page()).toContain('<ins>Bikes en</ins>')
  const id = await idOf('Bikes')
  expect((await boss.get(`${pathOf()}/preview?in=uk`)).body).toContain('<p>Bikes (uk)?</p>')
  expect((await state()).number).toBe(0)
  await does('publish')

  const slack = chat(house, worker.address, 'slack')
  await slack.says('/report')
  expect(slack.last.text).toBe('How many talks by phone or on the hotline?')
  await fill(slack, undefined, 2)
  await slack.presses('Yes, all is right')
  expect(slack.last.text).toContain('Your report for September 2026 is sent')
  expect(await answersOf(worker, '2026-09')).toMatchObject([{ clients: 40, newClients: 12 }])
  expect((await answersOf(worker, '2026-09'))[0]).not.toHaveProperty(id)
  await elsewhere.says('/report')
  expect(elsewhere.last.text).toContain('How many people did you advise?')

  // What was sent is changed as it was asked
  await slack.says('/report')
  await slack.presses('September 2026 (sent)')
  await slack.presses('Change it')
  await slack.presses('Open it')
  expect(slack.last.text).toContain('• People advised: 40')
  expect(slack.last.text).not.toContain('Bikes')
  await slack.presses('Yes, all is right')

  await keepAnswers(worker, '2026-10')
  await slack.says('/report')
  expect(slack.last.text).toBe('Bikes (en)?')
  await slack.says('7')
  expect(slack.last.text).toContain('• Bikes en: 7')
  await slack.presses('Yes, all is right')
  expect(await answersOf(worker, '2026-10')).toMatchObject([{ [id]: 7, clients: 40 }])
  await begin(slack, 'November 2026')
  expect(slack.last.text).toBe('Bikes (en)?\nLast month: 7')
  await slack.says('/stop')

  // Everything that reads a report knows the new question
  const report = `/desk/reports/${group.id}/${worker.personId}/2026-10`
  expect((await boss.get(report)).body).toMatch(/<dt>Bikes en<\/dt><dd class="given">7<\/dd>/)
  expect((await boss.post(`${report}/approve`)).statusCode).toBe(303)
  expect(await house.store.db.reportFigure.findFirst({ where: { groupId: group.id, question: id } })).toMatchObject({
    value: 7,
    reports: 1,
  })
  const table = await boss.post(`/desk/reports/${group.id}/export`, { from: '2026-09', to: '2026-10', as: 'xlsx' })
  const [heads = [], ...rows] = await readSheet(table.rawPayload)
  expect(rows.map((row) => row[heads.indexOf('Bikes en')]).filter((each) => each !== null)).toEqual([7])

  // It is retired; who has answered it is still asked about it when the report comes back
  await does('change', { act: 'retire', id })
  await does('publish')
  await boss.get(report)
  expect((await boss.post(`${report}/return`, { reason: 'Really?', [`answer.${id}`]: 'on' })).statusCode).toBe(303)
  await slack.settle()
  await telegram.settle()
  expect([...slack.hears(), ...telegram.hears()].map(({ text }) => text).join()).toContain('Bikes en')
  await telegram.says('/report')
  expect(telegram.last.text).toBe('Bikes (en)?')
  await telegram.says('8')
  await telegram.presses('Yes, all is right')
  expect(await answersOf(worker, '2026-10')).toMatchObject([{ [id]: 7 }, { [id]: 8 }])
  expect((await boss.get(report)).body).toMatch(/Bikes en: <del>7<\/del> → <ins>8<\/ins>/)
  expect(await page()).toMatch(/Not asked any more: <del>Bikes en<\/del>/)
})

it('a worker answers a list, a yes or no, a number, an added topic and an added city in Ukrainian, by buttons and by words', async () => {
  group = await newGroup(house.store)
  await does('questions', fieldsOf('Colours', 'many'))
  await does('questions', fieldsOf('Sure', 'yesNo', await idOf('Colours')))
  await does('questions', fieldsOf('Bikes', 'number', await idOf('Sure')))
  await does('options', { list: 'topics', ...prefixed(label('Pets')) })
  await does('options', { list: 'cities', ...prefixed(label('Town')) })
  await does('publish')
  const { draft } = await state()
  const [red, , pets, town] = draft.options.map(({ id }) => id)
  const worker = await newWorker(house.store, group.id, { language: 'uk', joinedOn: '2026-11-01' })
  const me = chat(house, worker.address)
  await me.says('/report')
  await me.presses(me.last.buttons[0] ?? '')
  await me.presses(me.last.buttons[0] ?? '')
  await me.says('Town uk')
  expect(me.last).toMatchObject({ text: 'Colours (uk)?', buttons: expect.arrayContaining(['Red uk', 'Blue uk']) })
  await me.says('red uk')
  expect(me.last).toMatchObject({ text: 'Sure (uk)?', buttons: expect.arrayContaining(['Так', 'Ні']) })
  await me.says('звісно', 'так', '17')
  await me.says(...Array(10).fill('30'))
  await me.says('Pets uk')
  for (const _ of [1, 2]) await me.presses('Пропустити')
  await me.says('10')
  for (const _ of [1, 2, 3]) await me.presses('Пропустити')
  await me.says('1')
  await me.presses('Пропустити')
  expect(me.last.text).toContain('• Colours uk: Red uk')
  expect(me.last.text).toContain('• Sure uk: Так')
  await me.presses(me.last.buttons[0] ?? '')
  const [colours, sure] = [await idOf('Colours'), await idOf('Sure')]
  expect(await answersOf(worker, '2026-11')).toMatchObject([
    { city: { choice: town }, [colours]: [red], [sure]: true, [await idOf('Bikes')]: 17, topics: [pets] },
  ])
  const report = `/desk/reports/${group.id}/${worker.personId}/2026-11`
  expect((await boss.get(report)).body).toContain('Pets en')
  await boss.post(`${report}/approve`)
  const figures = await house.store.db.reportFigure.findMany({ where: { groupId: group.id, reports: 1 } })
  expect(figures.map(({ question, option }) => `${question}/${option}`)).toEqual(
    expect.arrayContaining([`${colours}/${red}`, `${sure}/yes`, `topics/${pets}`]),
  )
})

it('what was added there stands by its name in the figures and on the paper to sign', async () => {
  const { db } = house.store
  const { draft } = await state()
  const ids = [...draft.questions, ...draft.options].map(({ id }) => id)
  const unnamed = (shown: string) => ids.filter((id) => shown.includes(id))
  // So many that they are told, and as many of a city that somebody wrote
  await db.reportFigure.updateMany({ where: { groupId: group.id, question: 'topics' }, data: { value: 6 } })
  const written = { groupId: group.id, period: '2026-11', city: 'other', question: 'clients', value: 9, reports: 1 }
  await db.reportFigure.create({ data: written })
  for (const [who, tongue, elsewhere] of [
    [boss, 'en', 'Elsewhere'],
    [other, 'uk', 'В іншому місці'],
  ] as const) {
    for (const path of [`training/${group.id}`, `programmes/${group.programmeId}`]) {
      const { body } = await who.get(`/desk/${path}/figures`)
      expect(body).toContain(`<th scope="row">Pets ${tongue}</th><td>6</td>`)
      expect(body).toContain(`<th scope="col">Town ${tongue}</th><th scope="col">${elsewhere}</th>`)
      expect(unnamed(body)).toEqual([])
    }
    const { rawPayload } = await who.post(`/desk/reports/${group.id}/summary`, { period: '2026-11' })
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(rawPayload)), { mergePages: true })
    expect(text).toContain(`Bikes ${tongue} 17`)
    expect(text).toContain(`Pets ${tongue} 6`)
    expect(unnamed(text)).toEqual([])
  }
})

describe('the page', () => {
  it('tells the second of two, keeps what they wrote, and loses nothing of the first', async () => {
    group = await newGroup(house.store)
    expect((await send('questions', fieldsOf('First'), boss, '0')).statusCode).toBe(303)
    const second = await send('questions', fieldsOf('Second'), other, '0')
    expect(second.statusCode).toBe(409)
    expect(second.body).toContain('Хтось із колег уже змінив це')
    expect(second.body).toContain('value="Second (cs)?"')
    expect((await state()).draft.questions.map(({ words }) => words.en.short)).toEqual(['First en'])
    const rush = await Promise.all([boss, other].map((who) => send('publish', {}, who, '1')))
    expect(rush.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
    expect((await state()).number).toBe(1)
  })

  it('says beside each field what is wrong, shows markup as text, and publishes nothing that the linter refuses', async () => {
    group = await newGroup(house.store)
    const wrong = await send('questions', { ...fieldsOf('<b>Bold</b>'), 'ask.cs': ' ', 'short.uk': 'a\u202Eb' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('Please write something here.')
    expect(wrong.body).toContain('There are signs in it that nobody sees.')
    expect(wrong.body).not.toContain('<b>Bold')
    await does('options', { list: 'topics', ...prefixed({ ...label('Pets'), cs: 'Bydlení' }) })
    expect(await page()).toContain('two options are called the same in one language')
    const answer = await send('publish')
    expect(answer.statusCode).toBe(422)
    expect((await state()).number).toBe(0)
    expect((await send('change', { act: 'hide', id: 'send' })).statusCode).toBe(422)
    expect((await send('change', { act: 'drop', id: 'topics' })).statusCode).toBe(422)
    await does('discard')
    expect(await page()).toContain('The report asks the usual questions.')
  })

  it('says that a form no longer loads, and everybody is asked the default one meanwhile', async () => {
    group = await newGroup(house.store)
    const { lists } = defaultForm(reportFlow(house.mind.library))
    const hiddenOptions = (lists.topics ?? []).map((option) => ({ list: 'topics', option }))
    const kept = { programmeId: group.programmeId, of: 'form', number: 1, at: house.fake.now() }
    await house.store.db.programmeVersion.create({ data: { ...kept, document: { hiddenOptions } } })
    expect(await page()).toContain('It cannot be asked like this:')
    const worker = await newWorker(house.store, group.id)
    const me = chat(house, worker.address)
    await me.says('/report')
    expect(me.last.text).toBe('Which month would you like to report?')
  })

  it('goes back with one press, but not over what a colleague has begun', async () => {
    group = await newGroup(house.store)
    await does('questions', fieldsOf('Bikes'))
    await does('publish')
    await does('change', { act: 'hide', id: 'topics' })
    expect((await send('back', { number: '0' })).statusCode).toBe(422)
    await does('publish')
    await does('back', { number: '1' })
    const { published, number } = await state()
    expect([number, published.hidden, published.questions.length]).toEqual([3, [], 1])
    const acts = await house.store.db.audit.findMany({ where: { object: group.programmeId } })
    expect(new Set(acts.map(({ action }) => action))).toEqual(new Set(['programme.form']))
    const trainer = { id: boss.staff.id, alias: 'trainer-9', role: 'trainer' }
    expect(await refused(publishForm(house, trainer, group.programmeId, 0))).toBe('notAllowed')
  })
})

it('what another process published is asked at once, and who stands on it goes on in each process', async () => {
  group = await newGroup(house.store)
  const library = readFlows(join(ROOT, 'flows'), actionSpecs())
  const there = { ...house, mind: { ...house.mind, library } }
  const { programmeId } = group
  await editForm(there, boss.staff, programmeId, {
    edition: 0,
    edit: { do: 'addQuestion', question: question('Bikes') },
  })
  await editForm(there, boss.staff, programmeId, {
    edition: 1,
    edit: { do: 'addQuestion', question: question('Cars', { after: 'city' }) },
  })
  await publishForm(there, boss.staff, programmeId, 2)
  const worker = await newWorker(house.store, group.id)
  const me = chat(house, worker.address)
  await begin(me, 'October 2026')
  expect(me.last.text).toBe('Cars (en)?')
  // Who reads another language than workers do is asked in the one that stands in for it, as everywhere
  expect(house.mind.words.find('tg', await carsKey(programmeId))).toBe('Cars (ru)?')
  // A third one, which has never heard of that version
  const third = { ...house, mind: { ...house.mind, library: readFlows(join(ROOT, 'flows'), actionSpecs()) } }
  const event = { kind: 'text', text: '5' } as const
  const incoming = {
    channel: 'telegram',
    address: worker.address,
    updateKey: 'third',
    at: house.fake.now(),
    event,
  } as const
  await createReceive(third)(incoming)
  await me.settle()
  expect(me.last.text).toContain('How many people did you advise?')
})

/** The key of the question's text, by the flow that this house has loaded. */
async function carsKey(programmeId: string): Promise<string> {
  const { library } = house.mind
  const version = await versionFor(house.store.db, library, programmeId)
  const step = library.version('report', version)?.steps.find(({ key }) => /:q\w{9}$/.test(key))
  return step?.key ?? ''
}
