/**
 * Golden transcripts: who writes what, and what comes back. Every message of the bot must stand in the transcript, in its order; a
 * message that nobody expected fails the story as surely as one that is missing.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { claim } from '../bot/desk/claiming.js'
import { OUTCOMES } from '../bot/desk/ending.js'
import { addNote, close, release } from '../bot/desk/handling.js'
import { caseSummary } from '../bot/desk/reading.js'
import { reply } from '../bot/desk/replies.js'
import { editForm, publishForm } from '../bot/programme/form/publish.js'
import { keepMaterial } from '../bot/programme/materials/change.js'
import { planDays } from '../bot/programme/people/programmes.js'
import { LANGUAGES, STAFF_LANGUAGES, type StaffLanguage } from '../bot/text/languages.js'
import { person, type TestHouse, testHouse } from './house.js'
import { answered, codeOf } from './programme/feedback/world.js'
import { lines, question } from './programme/form/words.js'
import { newGroup, newWorker } from './programme/reports/world.js'
import { invited, programmeWith, worker } from './programme/world.js'

const FOLDER = join(import.meta.dirname, 'transcripts')

const Me = z.union([
  z.string(),
  z.tuple([z.string()]),
  z.strictObject({ photo: z.string().optional(), voice: z.literal(true).optional(), text: z.string().optional() }),
  z.strictObject({ edits: z.int(), to: z.string() }),
  z.strictObject({ data: z.string() }),
  z.strictObject({ phone: z.string() }),
  z.strictObject({ sticker: z.literal(true) }),
])

const Turn = z.union([
  /** What the person writes; a list is a button that is pressed. */
  z.strictObject({ me: Me }),
  /** The next message of the bot: its text, a part of it, or /a pattern/. */
  z.strictObject({
    bot: z.string(),
    buttons: z.array(z.string()).optional(),
    without: z.string().optional(),
    file: z.string().optional(),
  }),
  z.strictObject({ staff: z.enum(['claims', 'releases', ...OUTCOMES.map((each) => `closes ${each}` as const)]) }),
  z.strictObject({ staff: z.strictObject({ says: z.string().optional(), notes: z.string().optional() }) }),
  z.strictObject({ wait: z.string() }),
  /** So many clients answer about the worker of this story. */
  z.strictObject({ clients: z.int() }),
  z.strictObject({ silence: z.literal(true) }),
])

const Story = z.strictObject({
  /** A worker begins with an invitation: `{code}` in what they write. A client may have a worker's code for feedback. */
  as: z.enum(['client', 'worker']),
  /** The group that the worker is invited into, and the language that stands in its list. */
  group: z.string().default('Prague 1'),
  feedback: z.literal(true).optional(),
  invitedIn: z.enum(STAFF_LANGUAGES).optional(),
  /** Questions that a coordinator has added to the report of the programme. */
  asks: z
    .array(
      z.strictObject({
        kind: z.string(),
        after: z.string(),
        words: z.record(z.enum(STAFF_LANGUAGES), z.strictObject({ ask: z.string(), short: z.string() })),
        options: z.record(z.enum(STAFF_LANGUAGES), z.array(z.string())).optional(),
      }),
    )
    .default([]),
  /** Days of the group, each of its module, with what there is to prepare with. */
  days: z
    .array(
      z.strictObject({
        ...{ module: z.int(), day: z.string(), from: z.string(), place: z.string().default('') },
        materials: z.array(z.partialRecord(z.enum(STAFF_LANGUAGES), z.tuple([z.string(), z.string()]))).default([]),
      }),
    )
    .default([]),
  /** Begins with somebody who has chosen this language, agreed, and told where they are. */
  language: z.enum(LANGUAGES).optional(),
  country: z.string().default('RU'),
  city: z.string().optional(),
  now: z.string(),
  talk: z.array(Turn),
  expect: z
    .strictObject({
      case: z
        .strictObject({
          topic: z.string().nullable().optional(),
          country: z.string().nullable().optional(),
          city: z.string().nullable().optional(),
          urgency: z.string().optional(),
          danger: z.string().nullable().optional(),
          owner: z.string().optional(),
          state: z.string().optional(),
          outcome: z.string().optional(),
          rating: z.int().optional(),
          /** What the case's summary says was asked. */
          question: z.string().optional(),
        })
        .nullable()
        .optional(),
      owner: z.string().optional(),
      language: z.string().optional(),
      consents: z.array(z.string()).optional(),
    })
    .optional(),
})

const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

let house: TestHouse
let staff: { id: string; alias: string; role: string }

beforeAll(async () => {
  house = await testHouse()
  const row = await house.store.db.staff.create({ data: { alias: 'consultant-1' } })
  staff = { id: row.id, alias: row.alias, role: row.role }
})
afterAll(() => house.end())

const said = (text: string, expected: string, where: string) => {
  const pattern = /^\/(.+)\/$/s.exec(expected)?.[1]
  if (pattern) expect(text, where).toMatch(new RegExp(pattern, 's'))
  else expect(text, where).toContain(expected)
}

describe('golden transcripts', () => {
  it.each(files.map((file) => [relative(FOLDER, file), file]))('%s', async (name, file) => {
    const story = Story.parse(parse(readFileSync(file, 'utf8')))
    house.fake.set(new Date(story.now))
    const me = person(house, `${name} ${Math.random()}`)
    if (story.language) await settled(me, story)
    const invitation = story.as === 'worker' ? await invitationFor(story) : story.feedback ? await feedbackCode() : ''

    const code = async () => {
      const found = await house.store.db.address.findFirstOrThrow({
        where: { hash: house.store.vault.hash('address', house.wire.name, me.address) },
        include: { conversation: true, person: { include: { cases: { orderBy: { openedAt: 'desc' } } } } },
      })
      return { found, open: found.person.cases[0] }
    }
    const openCode = async () => (await code()).open?.code ?? 'no case'

    let pending = me.hears()
    for (const [index, turn] of story.talk.entries()) {
      const where = `${name}, line ${index + 1}: ${JSON.stringify(turn)}`
      if ('bot' in turn) {
        const [message, ...rest] = pending
        pending = rest
        expect(message, `${where}: nothing came`).toBeDefined()
        said(message?.text ?? '', turn.bot, where)
        if (turn.file) expect(message?.file?.name, where).toBe(turn.file)
        if (turn.without) expect(message?.text, where).not.toContain(turn.without)
        if (turn.buttons) {
          const labels = message?.buttons?.flat().map(({ label }) => label) ?? []
          expect(labels.slice(0, turn.buttons.length), where).toEqual(turn.buttons)
        }
        continue
      }
      expect(
        pending.map(({ text }) => text),
        `${where}: came before, and nobody expected it`,
      ).toEqual([])
      if ('silence' in turn) continue
      if ('wait' in turn) {
        const [, n = '0', unit = 's'] = /^(\d+)([smhd])$/.exec(turn.wait) ?? []
        house.fake.forward(Number(n) * (UNITS[unit] ?? 0))
        await me.settle()
      } else if ('clients' in turn) await answered(house, (await code()).found.personId, undefined, turn.clients)
      else if ('me' in turn)
        await act(me, typeof turn.me === 'string' ? turn.me.replace('{code}', invitation) : turn.me)
      else if (turn.staff === 'claims') await claim(house, await openCode(), staff)
      else if (turn.staff === 'releases') await release(house, await openCode(), staff)
      else if (typeof turn.staff === 'string')
        await close(house, await openCode(), staff, turn.staff.slice('closes '.length) as (typeof OUTCOMES)[number])
      else if (turn.staff.says)
        await reply(house, await openCode(), staff, { text: turn.staff.says, requestId: randomUUID() })
      else if (turn.staff.notes)
        await addNote(house, await openCode(), staff, { text: turn.staff.notes, requestId: randomUUID() })
      await me.settle()
      pending = me.hears()
    }
    expect(
      pending.map(({ text }) => text),
      `${name}: came at the end, and nobody expected it`,
    ).toEqual([])
    if (!story.expect) return

    const { found, open } = await code()
    const { case: wanted, owner, language, consents } = story.expect
    if (wanted === null) expect(open, name).toBeUndefined()
    else if (wanted) {
      const { owner: caseOwner, question, ...fields } = wanted
      expect(open, name).toMatchObject(fields)
      if (question) expect((await caseSummary(house.store, open?.id ?? ''))?.question, name).toBe(question)
      if (caseOwner) expect(found.conversation?.owner, name).toBe(caseOwner)
    }
    if (owner) expect(found.conversation?.owner, name).toBe(owner)
    if (language) expect(found.person.language, name).toBe(language)
    if (consents) {
      const rows = await house.store.db.consent.findMany({
        where: { personId: found.personId },
        orderBy: { id: 'asc' },
      })
      expect(rows.map(({ given, withdrawnAt }) => (withdrawnAt ? 'withdrawn' : given ? 'given' : 'refused'))).toEqual(
        consents,
      )
    }
  })
})

type Person = ReturnType<typeof person>

async function act(me: Person, what: z.output<typeof Me>): Promise<void> {
  if (typeof what === 'string') return me.writes(what)
  if (Array.isArray(what)) return me.presses(what[0])
  if ('edits' in what) return me.does({ kind: 'edit', messageKey: `m${what.edits}`, text: what.to })
  if ('data' in what) return me.does({ kind: 'button', data: what.data })
  if ('phone' in what) return me.does({ kind: 'phone', phone: what.phone, own: true })
  if ('sticker' in what) return me.does({ kind: 'unsupported', what: 'sticker' })
  const kind = what.voice ? 'voice' : 'photo'
  const mime = what.voice ? 'audio/ogg' : 'image/jpeg'
  await me.does({
    kind: 'files',
    files: [{ kind, mime, bytes: 1000, ref: what.photo ?? 'voice', name: `${kind}.bin` }],
    ...(what.text ? { text: what.text } : {}),
  })
}

/** The code that a coordinator sent somebody whom they took into this group. */
async function invitationFor({ group, invitedIn, asks, days }: z.output<typeof Story>): Promise<string> {
  const alias = `coordinator-${randomUUID()}`
  const coordinator = await house.store.db.staff.create({ data: { alias, role: 'coordinator' } })
  const { programmeId, groups } = await programmeWith(house, coordinator, [group])
  const [id = ''] = groups
  for (const [edition, { options = lines(), ...asked }] of asks.entries())
    await editForm(house, coordinator, programmeId, {
      edition,
      edit: { do: 'addQuestion', question: question('', { ...asked, options }) },
    })
  if (asks.length > 0) await publishForm(house, coordinator, programmeId, asks.length)
  await planDays(house, coordinator, id, days)
  const materials = days.flatMap((each) => each.materials.map((given) => ({ module: each.module, given })))
  for (const [seen, { module, given }] of materials.entries())
    await keepMaterial(house, coordinator, programmeId, { seen, written: { id: '', module, links: linksIn(given) } })
  return (await invited(house, coordinator, id, worker('Somebody', { language: invitedIn ?? null }))).code
}

const linksIn = (given: Partial<Record<StaffLanguage, [string, string]>>) =>
  Object.fromEntries(
    STAFF_LANGUAGES.map((language) => {
      const [title, url] = given[language] ?? ['', '']
      return [language, { title, url }]
    }),
  ) as Record<StaffLanguage, { title: string; url: string }>

/** What a worker gave to a client of theirs. */
async function feedbackCode(): Promise<string> {
  const group = await newGroup(house.store)
  return codeOf(house, (await newWorker(house.store, group.id)).personId)
}

/** Through the first questions as somebody goes who answers each. */
async function settled(me: Person, story: z.output<typeof Story>): Promise<void> {
  await me.writes('/start')
  const { hash } = { hash: house.store.vault.hash('address', house.wire.name, me.address) }
  const { personId } = await house.store.db.address.findFirstOrThrow({ where: { hash } })
  await house.store.db.person.update({
    where: { id: personId },
    data: { language: story.language ?? 'ru', country: story.country, city: story.city ?? null },
  })
  const { NOTICE_VERSION } = await import('../bot/conversation/notice.js')
  await house.store.db.consent.create({
    data: { personId, kind: 'case', given: true, version: NOTICE_VERSION, language: 'ru', channel: 'telegram' },
  })
  await me.writes('/start')
  me.hears()
}
