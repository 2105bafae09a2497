/** The day of training at the desk: its page, the room's screen, corrections, the list on paper. */
import { randomUUID } from 'node:crypto'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, stepAt } from '../../bot/programme/checkin/codes.js'
import { addEvent } from '../../bot/programme/checkin/events.js'
import { screenLink } from '../../bot/programme/checkin/screen.js'
import { type Browser, newBrowser, newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

let desk: OpenDesk
let trainer: Browser & { staff: { id: string } }
let coordinator: Browser
let stranger: Browser
let administrator: Browser
beforeAll(async () => {
  desk = await openDesk({ now: '2026-11-20T08:05:00Z' })
  trainer = await signIn(desk, { role: 'trainer' })
  stranger = await signIn(desk, { role: 'trainer' })
  coordinator = await signIn(desk, { role: 'coordinator' })
  administrator = await signIn(desk, { role: 'administrator' })
})
afterAll(() => desk.end())

async function person(name: string, groupId: string) {
  const { personId } = await newClient(desk)
  const { wrappedKey } = await desk.store.db.person.update({
    where: { id: personId },
    data: { role: 'worker', language: 'en' },
  })
  const drawer = desk.store.vault.drawer(personId, wrappedKey ?? new Uint8Array())
  const { id } = await desk.store.db.enrolment.create({
    data: { personId, groupId, name: drawer.seal('enrolment.name', name), joinedOn: new Date('2026-01-01') },
  })
  return { id, personId }
}

const NAMES = ['Jiří Šťastný', 'Оксана Ґудзь', 'Ülkü <b>Öz</b>']

async function room(names = NAMES) {
  const { db } = desk.store
  const programme = await db.programme.create({
    data: { name: randomUUID(), startsOn: new Date('2026-01-01'), endsOn: new Date('2027-12-31'), rules: {} },
  })
  const group = await db.programmeGroup.create({
    data: { programmeId: programme.id, name: 'Ústí', timeZone: 'Europe/Prague', trainerId: trainer.staff.id },
  })
  const day = await db.trainingSession.create({
    data: {
      groupId: group.id,
      module: 3,
      startsAt: new Date('2026-11-20T08:00:00Z'),
      endsAt: new Date('2026-11-20T16:00:00Z'),
      place: 'Library',
    },
  })
  const people = []
  for (const name of names) people.push(await person(name, group.id))
  const comes = (enrolmentId: string, at = desk.clock()) =>
    addEvent(desk.store.db, {
      sessionId: day.id,
      enrolmentId,
      kind: 'qr',
      point: 'arrival',
      at,
      becomes: 'present',
      once: 'own:arrival',
    })
  return { programmeId: programme.id, group, day, people, comes, path: `/desk/sessions/${day.id}` }
}

describe('the page of a day', () => {
  it('shows who is here by name, in forms that need no script, to the trainer and the coordinator alone', async () => {
    const { path, people, comes } = await room()
    await comes(people[0]?.id ?? '')
    expect((await trainer.get('/desk/sessions')).body).toContain('Ústí, module 3')
    const page = (await trainer.get(path)).body
    expect(page).toContain('<strong>1 / 3</strong>')
    expect(page).toContain('Jiří Šťastný')
    expect(page).toContain('1 checked in. Count the people in the room. Does it fit?')
    expect(page).toContain('Ülkü &lt;b&gt;Öz&lt;/b&gt;')
    expect(page).toContain('20 Nov 2026, 9:00–17:00 · Library')
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/)
    expect((await coordinator.get(path)).body).toContain('Jiří Šťastný')
    const elsewhere = await stranger.get(path)
    expect(elsewhere.statusCode).toBe(404)
    expect(elsewhere.body).not.toContain('Jiří')
    expect((await stranger.get('/desk/sessions')).body).not.toContain('Ústí')
    expect((await stranger.post(`${path}/close`)).statusCode).toBe(404)
    await administrator.get('/desk/programmes')
    for (const url of ['/desk/sessions', path, `${path}/screen`, `${path}/roster.pdf`]) {
      const refused = await administrator.get(url)
      expect(refused.statusCode, url).toBe(403)
      expect(refused.body).not.toContain('Jiří')
    }
    expect((await administrator.get('/desk/programmes')).body).not.toContain('/desk/sessions')
  })

  it('leaves a trace of whoever read the names, on the page and on paper', async () => {
    const { path, group } = await room()
    const where = { action: 'programme.names', object: group.id, staffId: trainer.staff.id }
    await trainer.get('/desk/sessions')
    await trainer.get(`${path}/screen`)
    expect(await desk.store.db.audit.count({ where })).toBe(0)
    await trainer.get(path)
    expect(await desk.store.db.audit.count({ where })).toBe(1)
    await trainer.get(`${path}/roster.pdf`)
    expect(await desk.store.db.audit.count({ where })).toBe(2)
    await stranger.get(path)
    expect(await desk.store.db.audit.count({ where: { ...where, staffId: { not: trainer.staff.id } } })).toBe(0)
  })

  it('shows an apology as proposed, with its words, until the trainer decides', async () => {
    const { path, day, people } = await room()
    const [{ id = '', personId = '' } = {}] = people
    const { wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: personId } })
    await addEvent(desk.store.db, {
      sessionId: day.id,
      enrolmentId: id,
      kind: 'apology',
      at: desk.clock(),
      becomes: 'excused',
      why: { words: 'a fever', drawer: desk.store.vault.drawer(personId, wrappedKey ?? new Uint8Array()) },
    })
    const page = (await trainer.get(path)).body
    expect(page).toContain('arrival: excused, proposed')
    expect(page).toContain('Cannot come (9:05): “a fever”')
    await trainer.post(`${path}/mark`, { person: id, point: 'arrival', mark: 'excused' })
    const decided = (await trainer.get(path)).body
    expect(decided).toContain('arrival: excused · after lunch: excused, proposed')
  })

  it('corrects: what was there stays, with who, when, from and to', async () => {
    const { path, people, comes } = await room()
    const [jiri] = people
    await comes(jiri?.id ?? '')
    await trainer.get(path)
    const answer = await trainer.post(`${path}/mark`, {
      person: jiri?.id ?? '',
      point: 'arrival',
      mark: 'absent',
      why: 'left at once',
    })
    expect(answer.statusCode).toBe(303)
    const page = (await trainer.get(path)).body
    expect(page).toContain('<strong>0 / 3</strong>')
    expect(page).toMatch(/20 Nov 2026, 9:05 · Trainer \d+ · arrival: here → not here: “left at once”/)
    const events = await desk.store.db.attendanceEvent.findMany({
      where: { enrolmentId: jiri?.id ?? '' },
      orderBy: { id: 'asc' },
    })
    expect(events).toMatchObject([
      { kind: 'qr', becomes: 'present', byId: null },
      { kind: 'correction', was: 'present', becomes: 'absent', byId: trainer.staff.id },
    ])
    for (const fields of [{ mark: 'gone' }, { point: 'midnight' }, { person: randomUUID() }]) {
      const refused = await trainer.post(`${path}/mark`, {
        person: jiri?.id ?? '',
        point: 'arrival',
        mark: 'absent',
        ...fields,
      })
      expect(refused.statusCode).toBe(422)
    }
  })

  it('marks everybody without anyone’s telephone, and closes once: the second click hears when', async () => {
    const { path, people, day } = await room()
    await trainer.get(path)
    await trainer.post(`${path}/everybody`, { point: 'arrival' })
    expect((await trainer.get(path)).body).toContain('<strong>3 / 3</strong>')
    expect((await trainer.post(`${path}/close`)).statusCode).toBe(303)
    const again = await trainer.post(`${path}/close`)
    expect(again.statusCode).toBe(409)
    expect(again.body).toContain('This day was closed already, at 9:05. Nothing was changed.')
    const late = { person: people[0]?.id ?? '', point: 'lunch', mark: 'present' }
    expect((await trainer.post(`${path}/mark`, late)).body).toContain('Please say why you correct it.')
    expect((await trainer.post(`${path}/mark`, { ...late, why: 'was <b>there</b>' })).statusCode).toBe(303)
    const page = (await trainer.get(path)).body
    expect(page).toContain('after lunch: not here → here: “was &lt;b&gt;there&lt;/b&gt;”')
    expect(page, 'who was only noted as there is no change').not.toContain('→ here</p>')
    const closings = await desk.store.db.audit.count({ where: { action: 'session.close', object: day.id } })
    expect(closings).toBe(1)
  })

  it('cannot close a day that has not begun', async () => {
    const { path, day } = await room()
    await desk.store.db.trainingSession.update({
      where: { id: day.id },
      data: { startsAt: new Date('2026-11-20T12:00:00Z') },
    })
    await trainer.get(path)
    expect((await trainer.post(`${path}/close`)).body).toContain('This day begins at 13:00.')
  })

  it('shows the trainer alone soft signals, and guests to confirm', async () => {
    const { path, people, comes, programmeId, day, group } = await room()
    const [one, other] = people
    await comes(one?.id ?? '')
    await comes(other?.id ?? '', new Date(desk.clock().getTime() + 500))
    const { db } = desk.store
    const brno = await db.programmeGroup.create({ data: { programmeId, name: 'Brno', timeZone: 'Europe/Prague' } })
    const guest = await person('Petra', brno.id)
    await comes(guest.id, new Date('2026-11-20T07:40:00Z'))
    const twin = await db.trainingSession.create({
      data: { groupId: group.id, module: 4, startsAt: day.startsAt, endsAt: day.endsAt },
    })
    await addEvent(db, {
      sessionId: twin.id,
      enrolmentId: guest.id,
      kind: 'qr',
      point: 'arrival',
      at: day.startsAt,
      becomes: 'present',
    })
    const page = (await trainer.get(path)).body
    expect(page).toContain('Jiří Šťastný and Оксана Ґудзь checked in within the same second.')
    expect(page).toContain('Petra checked in at another day at the same time.')
    expect(page).toContain('This proves nothing.')
    expect(page).toContain('<strong>2 / 3</strong>')
    const others = (await coordinator.get(path)).body
    expect(others).toContain('Petra')
    expect(others).not.toMatch(/within the same second|at another day at the same time|This proves nothing/)
    await trainer.post(`${path}/welcome`, { person: guest.id })
    expect((await trainer.get(path)).body).toContain('Confirmed: the module counts.')
  })
})

describe('somebody of another group without a phone', () => {
  const add = (who: Browser, path: string, name: string, more = {}) =>
    who.post(`${path}/guest`, { name, point: 'arrival', ...more })

  it('is added by their full name, which no page offers, and then stands among the guests', async () => {
    const { path, programmeId } = await room()
    const { db } = desk.store
    const brno = await db.programmeGroup.create({ data: { programmeId, name: 'Brno', timeZone: 'Europe/Prague' } })
    const petra = await person('Petra Nováková', brno.id)
    const before = (await trainer.get(path)).body
    expect(before).toContain('Add somebody of another group')
    expect(before).not.toContain('Petra')

    const refused = await add(trainer, path, 'Petra')
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('Nobody of this programme was called so on that day.')
    expect(refused.body, 'what was written can be written on').toContain('name="name" value="Petra"')
    expect(refused.body).not.toContain('Nováková')

    expect((await add(stranger, path, 'Petra Nováková')).statusCode).toBe(404)
    expect((await add(trainer, path, 'Petra Nováková', { point: 'midnight' })).statusCode).toBe(422)
    expect(await db.attendanceEvent.count({ where: { enrolmentId: petra.id } })).toBe(0)
    const added = await add(trainer, path, ' petra  nováková ')
    expect(added.headers.location).toBe(`${path}?done=added`)
    const page = (await trainer.get(path)).body
    expect(page).toMatch(
      /From other groups[\s\S]*Petra Nováková[\s\S]*arrival: here[\s\S]*Confirmed: the module counts\./,
    )
    expect(page, 'the people of the group are counted as before').toContain('<strong>0 / 3</strong>')
    expect((await add(coordinator, path, 'Petra Nováková')).body).toContain('is on the list of this day already')
  })
})

describe('the screen in the room', () => {
  const open = async (path: string) => {
    const answer = await trainer.get(`${path}/screen`)
    expect(answer.statusCode).toBe(303)
    return String(answer.headers.location)
  }

  it('shows a code and two numbers and no name, without a sign-in, for eight hours', async () => {
    const { path, people, comes, day } = await room()
    await comes(people[0]?.id ?? '')
    const link = await open(path)
    const anybody = newBrowser(desk)
    const screen = await anybody.get(link)
    const code = codeOf(desk.store.vault.hash, day.id, stepAt(desk.clock()))
    expect(screen.body).toContain(`${code.slice(0, 3)} ${code.slice(3)}`)
    expect(screen.body).toContain('<strong>1 / 3</strong>')
    expect(screen.body).toContain('<span id="left">30</span>')
    for (const name of ['Jiří', 'Оксана', 'Ülkü']) expect(screen.body).not.toContain(name)
    expect(screen.body).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/)
    expect(String(screen.headers['content-security-policy'])).toContain("default-src 'none'")
    expect(String(screen.headers['set-cookie'] ?? '')).toBe('')
    desk.forward(12_000)
    expect((await anybody.get(link)).body).toContain('<span id="left">18</span>')
    desk.forward(18_000)
    expect((await anybody.get(link)).body).not.toContain(`${code.slice(0, 3)} ${code.slice(3)}`)
    const hours = 8 * 3_600_000
    desk.forward(hours - 30_000 - 1000)
    expect((await anybody.get(link)).statusCode).toBe(200)
    desk.forward(1000)
    const over = await anybody.get(link)
    expect([over.statusCode, over.body.includes('This screen is over.')]).toEqual([410, true])
    desk.forward(-hours)
  })

  it('opens nothing for a link that was changed', async () => {
    const { day } = await room()
    const other = await room()
    const link = screenLink(desk.store.vault.hash, day.id, desk.clock())
    const anybody = newBrowser(desk)
    for (const forged of [link.replace(day.id, other.day.id), `${link.slice(0, -1)}_`, 'x', link.replace('.', '.z')])
      expect((await anybody.get(`/desk/screen/${forged}`)).statusCode, forged).toBe(404)
  })

  it('carries the link into the chat as a QR, where a messenger has one', async () => {
    const { qrCode } = await import('../../bot/http/qr.js')
    const svg = qrCode(`https://t.me/rahnamo_bot?start=${'c'.repeat(64)}`, 'QR').toString()
    expect(svg).toMatch(/^<svg class="qr" role="img" aria-label="QR" viewBox="0 0 \d+ \d+"/)
    expect(svg).not.toContain('style=')
  })
})

it('the list on paper has every name as it is written, and a place to sign', async () => {
  const { path } = await room([
    ...NAMES,
    'Žofie Řeřichová',
    'Ңұрлан Әбдіғали',
    ...Array.from({ length: 25 }, (_, n) => `Human ${n}`),
  ])
  const answer = await trainer.get(`${path}/roster.pdf`)
  expect(answer.headers['content-type']).toBe('application/pdf')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(answer.rawPayload)), {
    mergePages: true,
  })
  for (const name of ['Jiří Šťastný', 'Оксана Ґудзь', 'Žofie Řeřichová', 'Ңұрлан Әбдіғали', 'Human 24'])
    expect(text).toContain(name)
  expect(text).toContain('Ústí, module 3')
  expect(text).toContain('after lunch')
  expect(totalPages).toBe(2)
})
