/**
 * Everything ends (S13): empty → fill → run (all kept) → time passes → run → every table and the file folder empty. What every table
 * is, the schema says: a new one fails here until it is filled, or is named below with the reason why it stays.
 */
import { readFileSync, utimesSync } from 'node:fs'
import { expect, it } from 'vitest'
import { claim } from '../../bot/desk/claiming.js'
import { close } from '../../bot/desk/handling.js'
import { newPairing } from '../../bot/desk/pairing.js'
import { reply } from '../../bot/desk/replies.js'
import { endLifetimes } from '../../bot/people/lifetimes.js'
import { addWords, give } from '../../bot/programme/feedback/give.js'
import { enrol } from '../../bot/programme/people/enrolments.js'
import { inviteWorker } from '../../bot/programme/people/invitations.js'
import { addGroup, addProgramme } from '../../bot/programme/people/programmes.js'
import { readDataMap } from '../../bot/store/data-map.js'
import { LIFETIMES, type LifetimeName } from '../../bot/store/lifetimes.js'
import { atAsk, inHouse, rowsOf } from '../conversation/stories.js'
import { centre, group } from '../desk/places/staffroom.js'
import type { TestHouse } from '../house.js'
import { codesOf, GOOD } from '../programme/feedback/world.js'
import { filesOf } from './everything.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Tables of the house itself: about nobody who asks for help. */
const STAYS: Record<string, string> = {
  Centre: 'where consultants work',
  Team: 'colleagues of a centre',
  Group: 'a centre’s group on a messenger',
  Staff: 'the author of what was done; closed at the desk',
  QuickAnswer: 'ready words that are about nobody',
  Organisation: 'for whom workers work',
  Programme: 'a training programme',
  ProgrammeGroup: 'where and when a group meets',
  TrainingSession: 'one day of a group',
  ReportForm: 'the questions of a report',
  ProgrammeVersion: 'what rules and forms were',
  ReportFigure: 'statistics: no person, no words',
  FeedbackFigure: 'statistics: no person, no words',
  Engagement: 'statistics: no person, no words',
  Counter: 'statistics: counts by day',
  Article: 'knowledge',
  ArticleText: 'knowledge',
  Contact: 'knowledge',
  ContactText: 'knowledge',
  FlowVersion: 'scripts',
  KeyCheck: 'proof of the master key',
  HouseKey: 'the house’s keys',
  Setting: 'what the house remembers of itself',
}

/** After this and a day, nothing that ends is left; a programme of this test is over before. */
const longest = Math.max(...Object.values(LIFETIMES).map(({ ms }) => ms ?? 0))

/** A worker with an invitation that was not used. */
async function takeIn(house: TestHouse): Promise<void> {
  const staff = await house.store.db.staff.create({ data: { alias: 'coordinator-1', role: 'coordinator' } })
  const today = house.fake.now().toISOString().slice(0, 10)
  const programmeId = await addProgramme(house, staff, { name: 'Karlovy Vary', startsOn: today, endsOn: today })
  const group = { programmeId, name: 'First', city: 'karlovy-vary', trainerId: null }
  const groupId = await addGroup(house, staff, group)
  const joinedOn = new Date(`${today}T00:00:00Z`)
  const worker = { name: 'Jana', city: null, organisation: 'Most', language: null, joinedOn }
  const enrolmentId = await enrol(house, staff, groupId, worker)
  await inviteWorker(house, staff, enrolmentId)
  const { db } = house.store
  const { personId } = await db.enrolment.findUniqueOrThrow({ where: { id: enrolmentId } })
  const at = house.fake.now()
  const form = await db.reportForm.create({ data: { programmeId, version: 'first', form: {} } })
  await db.report.create({
    data: {
      personId,
      programmeId,
      period: today.slice(0, 7),
      versions: { create: { number: 1, formId: form.id, channel: 'telegram', at } },
      events: { create: { kind: 'approved', staffId: staff.id, at } },
    },
  })
  await db.reportReminder.create({ data: { personId, about: `${today.slice(0, 7)} due`, at } })
  await db.checkinTry.create({ data: { personId, at } })
  const [code = ''] = await codesOf(house, personId)
  await house.store.transaction(async (tx) => {
    await give(house.store, tx, code, GOOD, at)
    await addWords(house.store, tx, code, 'слова', at)
  })
  const day = await db.trainingSession.create({ data: { groupId, module: 1, startsAt: at, endsAt: at } })
  const { wrappedKey } = await db.person.findUniqueOrThrow({ where: { id: personId } })
  await db.certificate.create({
    data: {
      codeHash: house.store.vault.hash('test', 'certificate'),
      name: house.store.vault.drawer(personId, wrappedKey ?? new Uint8Array()).seal('certificate.name', 'Jana'),
      ...{ personId, programmeId, hours: 56, modules: 7, language: 'cs', issuedOn: joinedOn },
    },
  })
  await db.attendanceEvent.create({ data: { sessionId: day.id, enrolmentId, kind: 'qr', becomes: 'present', at } })
}

const { models } = readDataMap(readFileSync('prisma/schema.prisma', 'utf8'))
const ending = models.filter(({ name }) => !(name in STAYS))

it('S13 only what is about nobody stays, and its lifetime says so', () => {
  const stays = models.filter(({ name }) => name in STAYS)
  expect(stays.map(({ name }) => name).sort()).toEqual(Object.keys(STAYS).sort())
  for (const { name, columns } of stays)
    for (const kept of columns.flatMap((column) => column.kept)) {
      const { ms, by } = LIFETIMES[kept as LifetimeName]
      expect([name, kept, ms, by === 'nothing' || by === 'staff']).toEqual([name, kept, null, true])
    }
})

inHouse('what a worker sent with a report', (house) => {
  it('stays as long as they do, not as long as a message', async () => {
    await takeIn(house())
    const { personId } = await house().store.db.enrolment.findFirstOrThrow()
    const at = house().fake.now()
    const { id } = await house().store.db.file.create({
      data: {
        personId,
        kind: 'document',
        mime: 'application/pdf',
        bytes: 3,
        channel: 'telegram',
        state: 'kept',
        createdAt: at,
      },
    })
    house().fake.forward(LIFETIMES.message.ms + DAY)
    await endLifetimes(house().store, house().files, house().fake.now())
    expect(await house().store.db.file.count({ where: { id } })).toBe(1)
    house().fake.forward(LIFETIMES.worker.ms)
    await endLifetimes(house().store, house().files, house().fake.now())
    expect(await house().store.db.file.count({ where: { id } })).toBe(0)
  })
})

inHouse('every table', (house) => {
  const run = async () => {
    for (let round = 0; round < 3; round++) for (const worker of house().conversation.workers) await worker.drain()
  }
  const counts = async (): Promise<Record<string, number>> => {
    const found: Record<string, number> = { files: filesOf(house()).length }
    for (const { table } of ending) {
      const [row] = await house().store.sql<{ n: number }>(`select count(*)::int as n from "${table}"`)
      found[table] = row?.n ?? 0
    }
    return found
  }
  const statistics = () => Promise.all([house().store.db.engagement.count(), house().store.db.counter.count()])
  const names = () => [...ending.map(({ table }) => table), 'files'].sort()
  const ageFiles = () => {
    for (const path of filesOf(house())) utimesSync(path, house().fake.now(), house().fake.now())
  }
  const isDown = (down: boolean) => {
    house().slack.health = () => ({ state: down ? 'down' : 'up', sentence: '' })
  }

  async function fill() {
    const { store, fake } = house()
    const { db, vault } = store
    const now = fake.now()
    const soon = new Date(now.getTime() + 5 * MINUTE)
    await centre(house())
    await group(house(), house().slack, 'C1')
    const staff = await db.staff.create({ data: { alias: 'consultant-1', languages: ['ru'], centreId: 'moscow' } })

    const gone = await atAsk(house())
    await gone.writes('/erase')
    await gone.presses(house().mind.words.say('ru', 'common:yes'))

    const somebody = await atAsk(house())
    await somebody.writes('/human')
    await somebody.writes('мой вопрос')
    const photo = { kind: 'photo' as const, mime: 'image/jpeg', bytes: 3, ref: 'r', name: 'a.jpg' }
    await somebody.does({ kind: 'files', files: [photo] })
    const { person, address, conversation, drawer } = await rowsOf(house(), somebody.address)
    const found = await db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    await claim(house(), found.code, staff)
    await reply(house(), found.code, staff, { text: 'ответ', requestId: crypto.randomUUID() })
    await somebody.settle()

    const own = { caseId: found.id, staffId: staff.id }
    const sealed = (place: string) => drawer.seal(place, 'слова')
    await db.note.create({ data: { ...own, body: sealed('note.body'), at: now } })
    await db.guest.create({ data: { ...own, at: now } })
    await db.offer.create({
      data: {
        caseId: found.id,
        fromId: staff.id,
        summary: sealed('offer.summary'),
        state: 'declined',
        at: now,
        expiresAt: soon,
      },
    })
    await db.call.create({
      data: { caseId: found.id, askedById: staff.id, state: 'given', phone: sealed('call.phone'), at: now },
    })
    await db.appointment.create({
      data: { ...own, kind: 'meeting', at: now, place: sealed('appointment.place'), state: 'kept' },
    })
    await db.complaint.create({ data: { personId: person.id, body: sealed('complaint.body'), at: now } })
    await db.block.create({ data: { personId: person.id, byId: staff.id, at: now, until: soon } })
    await db.draft.create({
      data: { personId: person.id, flow: 'report', answers: sealed('draft.answers'), until: soon },
    })
    await db.removal.create({
      data: { addressId: address.id, channelKey: drawer.seal('message.channel_key', 'm1'), notBefore: soon },
    })
    const words = vault.house.seal('approval.words', 'слова')
    await db.approval.create({
      data: { kind: 'export', object: 'x', reason: 'law', words, askedById: staff.id, askedAt: now, expiresAt: soon },
    })
    await db.breach.create({ data: { at: now, byId: staff.id, words, liftedAt: now } })
    const hash = (what: string) => vault.hash('test', what)
    await db.session.create({
      data: { tokenHash: hash('s'), staffId: staff.id, browser: hash('b'), createdAt: now, expiresAt: soon },
    })
    await db.invitation.create({ data: { tokenHash: hash('i'), staffId: staff.id, expiresAt: soon } })
    await newPairing(store, staff, { staffId: staff.id }, now)
    await takeIn(house())
    await close(house(), found.code, staff, 'answered')
    await somebody.settle()
    await db.timer.create({ data: { conversationId: conversation.id, key: 'hotline/ask', turn: 1, dueAt: soon } })
    // What is said in a thread goes out at once: it waits while the messenger is away
    isDown(true)
    const { id } = await db.place.findFirstOrThrow({ where: { caseId: found.id } })
    await db.remark.create({ data: { placeId: id, key: 'line.begunAnew', values: {}, at: now } })
    ageFiles()
  }

  it('S13 S14 is kept while it is needed, and empty after its time, the folder of files too', async () => {
    expect(await counts()).toEqual(Object.fromEntries(names().map((name) => [name, 0])))
    await fill()
    const full = await counts()
    const numbers = await statistics()
    expect(Math.min(...numbers)).toBeGreaterThan(0)
    expect(
      names().filter((name) => !full[name]),
      'not filled by this story',
    ).toEqual([])
    await run()
    expect(await counts()).toEqual(full)
    isDown(false)
    // Clocks strike while their time is young: one that strikes wakes its conversation
    house().fake.forward(6 * MINUTE)
    await run()
    house().fake.forward(longest + DAY)
    await run()
    expect(await statistics(), 'S14 statistics stay').toEqual(numbers)
    const left = await counts()
    expect(
      names().filter((name) => left[name]),
      'left behind',
    ).toEqual([])
  })
})
