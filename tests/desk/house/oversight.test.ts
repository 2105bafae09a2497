/** What whoever looks after the house sees, hands on and reads; and what stays hidden from them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim } from '../../../bot/desk/claiming.js'
import { closeComplaint, complaintsFor, openComplaint, takeComplaint } from '../../../bot/desk/house/complaints.js'
import { daysOf, figuresOf } from '../../../bot/desk/house/figures.js'
import { countComplaints } from '../../../bot/desk/house/handlers.js'
import { overviewOf } from '../../../bot/desk/house/overview.js'
import { reassign, takeOver } from '../../../bot/desk/house/reassign.js'
import { drawSample, mayBeSample } from '../../../bot/desk/house/sample.js'
import { newClient, type OpenDesk, openDesk, signIn } from '../../console/desk-house.js'
import { closedCase, countWork, furnish } from '../../console/house-world.js'

let desk: OpenDesk
let world: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  desk = await openDesk()
  world = await furnish(desk)
})
afterAll(() => desk.end())

const colleague = async (data: Record<string, unknown> = {}, role: 'consultant' | 'supervisor' = 'consultant') => {
  const { staff } = await signIn(desk, { role })
  return desk.store.db.staff.update({
    where: { id: staff.id },
    data: { centreId: 'moscow', languages: ['ru', 'tg'], ...data },
  })
}
const refused = (code: string) => ({ code })
const caseOf = (code: string) => desk.store.db.case.findUniqueOrThrow({ where: { code } })

describe('a supervisor', () => {
  it('sees who waits where, what is late, and who could have it', async () => {
    const urgent = await (await newClient(desk)).asksForHuman({ urgency: 'urgent' })
    const late = await (await newClient(desk)).asksForHuman()
    await desk.store.db.case.update({ where: { code: late }, data: { breachedAt: desk.clock() } })
    const away = await colleague({ awayUntil: new Date(desk.clock().getTime() + 60_000) })
    const czech = await colleague({ languages: ['cs'] })
    const { centres, colleagues } = await overviewOf(desk.store, desk.clock())
    const moscow = centres.find(({ centre }) => centre?.id === 'moscow')
    expect(moscow).toMatchObject({ queued: 2, urgent: 1, late: 1, offered: 0 })
    expect(moscow?.cases.map(({ code }) => code)).toEqual([urgent, late])
    const fitting = moscow?.cases[0]?.fitting ?? []
    expect(fitting).toContain(world.consultant.staff.id)
    expect(fitting).not.toContain(away.id)
    expect(fitting).not.toContain(czech.id)
    const aliases = colleagues.map(({ alias }) => alias)
    expect(aliases).toEqual([...aliases].sort((one, other) => one.localeCompare(other, 'en', { numeric: true })))
  })

  it('hands a case to somebody who may have it; the client, the old and the new one are told', async () => {
    const { supervisor, consultant } = world
    const other = await colleague()
    const account = await newClient(desk)
    await desk.store.db.staff.update({ where: { id: other.id }, data: { personId: account.personId } })
    const code = await (await newClient(desk)).asksForHuman()
    await claim(desk.house, code, consultant.staff)
    const { caseId } = { caseId: (await caseOf(code)).id }
    const said = () => desk.store.db.message.count({ where: { caseId, direction: 'out' } })
    const before = await said()
    expect(await reassign(desk.house, code, supervisor.staff, other.id)).toBe(true)
    expect(await caseOf(code)).toMatchObject({ state: 'claimed', ownerId: other.id })
    expect(await said()).toBe(before + 1)
    const told = await desk.store.db.message.count({
      where: { conversationId: account.conversationId, direction: 'out' },
    })
    expect(told).toBe(1)
    expect(await reassign(desk.house, code, supervisor.staff, other.id)).toBe(false)
    await takeOver(desk.house, code, supervisor.staff)
    expect(await caseOf(code)).toMatchObject({ ownerId: supervisor.staff.id })
  })

  it('cannot hand it past language, training, centre, absence or the client’s wish', async () => {
    const { supervisor } = world
    const code = await (await newClient(desk)).asksForHuman({ danger: 'trafficking', urgency: 'urgent' })
    const to = async (data: Record<string, unknown>) =>
      reassign(desk.house, code, supervisor.staff, (await colleague(data)).id)
    const skills = ['trafficking']
    await expect(to({})).rejects.toMatchObject(refused('notTrained'))
    await expect(to({ skills, centreId: 'prague' })).rejects.toMatchObject(refused('wrongCentre'))
    await expect(to({ skills, languages: ['cs'] })).rejects.toMatchObject(refused('wrongLanguage'))
    const until = new Date(desk.clock().getTime() + 60_000)
    await expect(to({ skills, awayUntil: until })).rejects.toMatchObject(refused('isAway'))
    await expect(to({ skills, role: 'administrator' })).rejects.toMatchObject(refused('noColleague'))
    const unwanted = await colleague({ skills })
    await desk.store.db.case.update({ where: { code }, data: { avoid: [unwanted.id] } })
    await expect(reassign(desk.house, code, supervisor.staff, unwanted.id)).rejects.toMatchObject(refused('avoided'))
    await expect(reassign(desk.house, code, world.consultant.staff, unwanted.id)).rejects.toMatchObject(
      refused('notAllowed'),
    )
  })

  it('S42 S46 reads a second time what others closed and they are trained for, and nothing of their own', async () => {
    const { supervisor, consultant } = world
    const own = await closedCase(desk, supervisor.staff, 'свой')
    const theirs = await closedCase(desk, consultant.staff, 'чужой')
    const now = desk.clock()
    for (const random of [0, 0.5, 0.999])
      expect(await drawSample(desk.store, supervisor.staff, now, random)).toBe(theirs)
    await expect(mayBeSample(desk.store, supervisor.staff, now, own)).rejects.toMatchObject(refused('noCase'))
    await desk.store.db.case.update({ where: { code: theirs }, data: { need: 'safeguarding' } })
    const untrained = await colleague({ skills: ['social'] }, 'supervisor')
    await expect(mayBeSample(desk.store, untrained, now, theirs)).rejects.toMatchObject(refused('noCase'))
    await expect(drawSample(desk.store, consultant.staff, now, 0)).rejects.toMatchObject(refused('notAllowed'))
    const month = new Date(now.getTime() + 31 * 86_400_000)
    await expect(drawSample(desk.store, supervisor.staff, month, 0)).rejects.toMatchObject(refused('nothingToRead'))
  })
})

/** Numbers between 0 and 1 that look like chance, and are the same each time. */
function seeded(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

it('S46 any closed case may be drawn for a second reading, none is out of reach and none is the rule', async () => {
  const fresh = await openDesk()
  try {
    const { supervisor, consultant } = await furnish(fresh)
    const closed = []
    for (let nth = 0; nth < 6; nth++) closed.push(await closedCase(fresh, consultant.staff, `дело ${nth}`))
    const random = seeded(46)
    const drawn = new Map<string, number>()
    for (let times = 0; times < 48; times++) {
      const code = await drawSample(fresh.store, supervisor.staff, fresh.clock(), random())
      drawn.set(code, (drawn.get(code) ?? 0) + 1)
    }
    expect([...drawn.keys()].sort()).toEqual(closed.sort())
    expect(Math.max(...drawn.values())).toBeLessThan(24)
  } finally {
    await fresh.end()
  }
})

describe('figures', () => {
  it('S12 count a closed case in a row of its own that holds no case, no person, no time and no words', async () => {
    const fresh = await openDesk()
    try {
      const { consultant } = await furnish(fresh)
      const code = await closedCase(fresh, consultant.staff, 'canary-words')
      const { id, personId } = await fresh.store.db.case.findUniqueOrThrow({ where: { code } })
      const [{ row } = { row: '' }, ...more] = await fresh.store.sql<{ row: string }>(
        'select e::text as row from engagement e',
      )
      expect(more).toEqual([])
      expect(row).toContain('employment-rights')
      for (const secret of ['canary', code, id, personId, consultant.staff.id, consultant.staff.alias])
        expect(row).not.toContain(secret)
      // Each of these is one of a few words, a day, a number, or yes and no.
      const columns = await fresh.store.sql<{ name: string }>(
        `select column_name as name from information_schema.columns where table_name = 'engagement' order by 1`,
      )
      expect(columns.map(({ name }) => name)).toEqual([
        'centre_id',
        'channel',
        'contact_kind',
        'country',
        'day',
        'first_reply_s',
        'id',
        'in_hours',
        'language',
        'outcome',
        'topic',
        'urgency',
      ])
    } finally {
      await fresh.end()
    }
  })

  it('know their periods', () => {
    const now = new Date('2026-03-15T10:00:00Z')
    const days = (period: 'month' | 'last' | 'days') =>
      Object.values(daysOf(period, now)).map((day) => day.toISOString().slice(0, 10))
    expect(days('month')).toEqual(['2026-03-01', '2026-03-15'])
    expect(days('last')).toEqual(['2026-02-01', '2026-02-28'])
    expect(days('days')).toEqual(['2025-12-16', '2026-03-15'])
  })

  it('S12 are shares and medians, and say nothing of fewer than five', async () => {
    const fresh = await openDesk()
    try {
      await countWork(fresh, 25, { language: 'tg' })
      await countWork(fresh, 10, { language: 'ru', centreId: 'prague' })
      await countWork(fresh, 3, { language: 'uz', centreId: 'prague' })
      const day = new Date(fresh.clock().toISOString().slice(0, 10))
      const counter = (name: string, n: number) =>
        fresh.store.db.counter.create({ data: { day, name, country: 'RU', n } })
      await counter('came-back', 19)
      for (const [name, n] of [
        ['rated-5', 6],
        ['rated-3', 4],
      ] as const)
        await counter(name, n)
      const found = await figuresOf(fresh.store, 'month', fresh.clock())
      expect(found.all).toMatchObject({ n: 38, answeredInHours: { is: 31 / 38 } })
      expect(found.firstContact).toEqual({ is: 0.5 })
      expect(found.rating).toBeCloseTo(4.2)
      expect(found.ratingShare).toEqual({ is: 10 / 38 })
      expect(found.byCentre.map(({ key, n }) => [key, n])).toEqual([
        ['moscow', 25],
        ['prague', 13],
      ])
      // One small row alone could be reckoned from the total: its neighbour is hidden with it
      expect(found.byLanguage.map(({ key, n }) => [key, n])).toEqual([
        ['tg', 25],
        ['ru', undefined],
        ['uz', undefined],
      ])
      expect(found.byCentre[0]?.answeredInHours).toEqual({ is: 0.8 })
      // Two of ten had no answer: two people
      expect(found.byCentre[1]?.answeredInHours).toEqual({ over: 8 / 13 })
      expect(found.months.at(-1)?.n).toBe(38)
    } finally {
      await fresh.end()
    }
  })
})

describe('a complaint', () => {
  const complain = async (aboutId: string | null, words = 'canary-complaint') => {
    const client = await newClient(desk)
    const { id, wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: client.personId } })
    if (!wrappedKey) throw new Error('no key')
    const body = desk.store.vault.drawer(id, wrappedKey).seal('complaint.body', words)
    const row = await desk.store.db.complaint.create({ data: { personId: id, aboutId, body, at: desk.clock() } })
    return { id: Number(row.id), personId: id }
  }

  it('S45 passes by the team and the centre of whom it is about (S45)', async () => {
    const inside = await colleague({}, 'supervisor')
    const outside = await colleague({ centreId: 'prague' }, 'supervisor')
    const { id } = await complain(world.consultant.staff.id)
    const seen = async (who: typeof inside) => (await complaintsFor(desk.store, who)).some((row) => row.id === id)
    expect([await seen(inside), await seen(outside)]).toEqual([false, true])
    await expect(openComplaint(desk.house, inside, id)).rejects.toMatchObject(refused('noComplaint'))
    await expect(takeComplaint(desk.house, inside, id)).rejects.toMatchObject(refused('noComplaint'))
    await expect(complaintsFor(desk.store, world.consultant.staff)).rejects.toMatchObject(refused('notAllowed'))
    const { id: own } = await complain(outside.id)
    await expect(openComplaint(desk.house, outside, own)).rejects.toMatchObject(refused('noComplaint'))
  })

  it('S45 of which no supervisor stands outside is for administrators outside, and else waits', async () => {
    const fresh = await openDesk()
    try {
      const { db } = fresh.store
      await db.centre.create({
        data: { id: 'brno', country: 'CZ', timeZone: 'Europe/Prague', languages: ['cs'], hours: {} },
      })
      const at = async (role: 'consultant' | 'supervisor' | 'administrator', centreId: string | null = 'brno') => {
        const { staff } = await signIn(fresh, { role })
        return db.staff.update({ where: { id: staff.id }, data: { centreId } })
      }
      const [about, inside] = [await at('consultant'), await at('supervisor')]
      const insideToo = await at('administrator')
      const { personId } = await newClient(fresh)
      const { id } = await db.complaint.create({ data: { personId, aboutId: about.id, body: new Uint8Array([1]) } })
      const seen = async (who: typeof inside) => (await complaintsFor(fresh.store, who)).length
      expect([await seen(inside), await seen(insideToo)]).toEqual([0, 0])
      await expect(openComplaint(fresh.house, inside, Number(id))).rejects.toMatchObject(refused('noComplaint'))
      expect(await countComplaints(db)).toEqual({ open: 1, unheard: 1 })

      const administrator = await at('administrator', null)
      expect([await seen(inside), await seen(insideToo), await seen(administrator)]).toEqual([0, 0, 1])
      await takeComplaint(fresh.house, administrator, Number(id))
      expect(await countComplaints(db)).toEqual({ open: 1, unheard: 0 })
      const outside = await at('supervisor', null)
      expect([await seen(outside), await seen(insideToo)]).toEqual([1, 0])
    } finally {
      await fresh.end()
    }
  })

  it('is read with a trace, taken by one, closed by that one, and gone with the client’s data', async () => {
    const [one, two] = [
      await colleague({ centreId: 'prague' }, 'supervisor'),
      await colleague({ centreId: 'prague' }, 'supervisor'),
    ]
    const { id, personId } = await complain(world.consultant.staff.id)
    expect(await openComplaint(desk.house, one, id)).toMatchObject({ words: 'canary-complaint', mine: false })
    expect(await desk.store.db.audit.count({ where: { action: 'complaint.read', object: String(id) } })).toBe(1)
    await takeComplaint(desk.house, one, id)
    await expect(takeComplaint(desk.house, two, id)).rejects.toMatchObject(refused('complaintTaken'))
    await expect(closeComplaint(desk.house, two, id)).rejects.toMatchObject(refused('complaintTaken'))
    await closeComplaint(desk.house, one, id)
    await desk.store.db.person.update({
      where: { id: personId },
      data: { wrappedKey: desk.store.vault.newKey(personId) },
    })
    expect(await openComplaint(desk.house, one, id)).toMatchObject({ words: undefined })
    await desk.store.db.person.delete({ where: { id: personId } })
    expect(await openComplaint(desk.house, one, id)).toMatchObject({ words: undefined })
  })
})
