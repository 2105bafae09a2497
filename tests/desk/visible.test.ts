/** Who sees what of a case, and may therefore act on it: every role × every relation × every act. What stands in no line is denied. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS, DESK_ACTIONS, type DeskAction, STAFF_ROLES, type StaffRole } from '../../bot/desk/access.js'
import { act } from '../../bot/desk/act.js'
import type { Audited } from '../../bot/desk/audit.js'
import { ALWAYS } from '../../bot/desk/centres.js'
import { caseFor, queue } from '../../bot/desk/queue.js'
import { knownAmong, type Sight, sightOf } from '../../bot/desk/visible.js'
import type { Staff } from '../../bot/store/generated/client.js'
import { newClient, type OpenDesk, openDesk } from '../console/desk-house.js'

let desk: OpenDesk
let team: string
const people = new Map<string, Staff>()

beforeAll(async () => {
  desk = await openDesk()
  const { db } = desk.store
  for (const [id, country] of [
    ['moscow', 'RU'],
    ['almaty', 'KZ'],
  ] as const)
    await db.centre.create({
      data: { id, country, timeZone: 'Europe/Moscow', languages: ['ru', 'tg'], hours: ALWAYS },
    })
  team = (await db.team.create({ data: { centreId: 'moscow', name: 'Mobile' } })).id
  for (const role of STAFF_ROLES)
    for (const place of ['moscow', 'everywhere'])
      people.set(
        `${role} ${place}`,
        await db.staff.create({
          data: {
            alias: `${role}-${place === 'moscow' ? 1 : 2}`,
            role,
            ...(place === 'moscow' ? { centreId: 'moscow', teamId: team } : {}),
          },
        }),
      )
})
afterAll(() => desk.end())

type Relation = {
  what: string
  /** What is changed in a case of the other centre. */
  make(code: string, id: string, me: Staff): Promise<unknown>
  /** What the roles see of it: consultant, supervisor, administrator; coordinators and trainers see none. */
  sees: [Sight, Sight, Sight]
}

const change = (code: string, data: Record<string, unknown>) => desk.store.db.case.update({ where: { code }, data })
const offer = (caseId: string, from: string, to: Record<string, string>, state = 'offered') =>
  desk.store.db.offer.create({
    data: { caseId, fromId: from, summary: new Uint8Array(), state, expiresAt: desk.clock(), ...to },
  })
const strict = { centreId: 'moscow', need: 'trafficking' }

const RELATIONS: Relation[] = [
  { what: 'of another centre', make: async () => undefined, sees: ['none', 'none', 'none'] },
  {
    what: 'of the own centre',
    make: (code) => change(code, { centreId: 'moscow' }),
    sees: ['full', 'full', 'outline'],
  },
  { what: 'of no centre', make: (code) => change(code, { centreId: null }), sees: ['full', 'full', 'outline'] },
  {
    what: 'their own, of another centre',
    make: (code, _, { id }) => change(code, { ownerId: id, state: 'claimed' }),
    sees: ['full', 'full', 'none'],
  },
  {
    what: 'where they are a guest',
    make: (_, caseId, { id }) => desk.store.db.guest.create({ data: { caseId, staffId: id } }),
    sees: ['full', 'full', 'none'],
  },
  {
    what: 'offered to them',
    make: (_, id, me) => offer(id, me.id, { toStaffId: me.id }),
    sees: ['full', 'full', 'none'],
  },
  {
    what: 'offered to their team',
    make: (_, id, me) => offer(id, me.id, { toTeamId: team }),
    sees: ['full', 'full', 'none'],
  },
  {
    what: 'offered to their centre',
    make: (_, id, me) => offer(id, me.id, { toCentre: 'moscow' }),
    sees: ['full', 'full', 'none'],
  },
  {
    what: 'that may be offered to their centre, while the client is still asked',
    make: (_, id, me) => offer(id, me.id, { toCentre: 'moscow' }, 'asked'),
    sees: ['none', 'none', 'none'],
  },
  {
    what: 'that was offered to them, and they declined',
    make: (_, id, me) => offer(id, me.id, { toStaffId: me.id }, 'declined'),
    sees: ['none', 'none', 'none'],
  },
  {
    what: 'whose client does not want them',
    make: (code, _, { id }) => change(code, { centreId: 'moscow', avoid: [id] }),
    sees: ['none', 'outline', 'outline'],
  },
  {
    what: 'that needs training they lack',
    make: (code) => change(code, strict),
    sees: ['none', 'outline', 'outline'],
  },
  {
    what: 'that needs training they lack, as a guest, and offered',
    make: async (code, caseId, { id }) => {
      await change(code, { need: 'safeguarding' })
      await desk.store.db.guest.create({ data: { caseId, staffId: id } })
      return offer(caseId, id, { toStaffId: id })
    },
    sees: ['none', 'none', 'none'],
  },
  {
    what: 'their own, that turned out to need training they lack',
    make: (code, _, { id }) => change(code, { ...strict, ownerId: id, state: 'claimed' }),
    sees: ['full', 'full', 'outline'],
  },
]

const ACTS = DESK_ACTIONS.filter((action): action is DeskAction & Audited => action.startsWith('case.'))

async function verdict(code: string, staff: Staff, action: DeskAction & Audited): Promise<string> {
  try {
    await act(desk.house, { code, staff, action }, async () => true)
    return 'done'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const person = (name: string): Staff => {
  const found = people.get(name)
  if (!found) throw new Error(name)
  return found
}

describe.each(RELATIONS)('a case $what', ({ make, sees }) => {
  it.each(STAFF_ROLES)('S31 S42 S43 for a %s', async (role: StaffRole) => {
    const me = person(`${role} moscow`)
    const code = await (await newClient(desk)).asksForHuman({ said: 'canary-words', country: 'KZ', city: 'Almaty' })
    const { id } = await change(code, { centreId: 'almaty' })
    await make(code, id, me)
    const sight = sees[STAFF_ROLES.indexOf(role)] ?? 'none'

    expect(await sightOf(desk.store.sql, me.id, code)).toBe(sight)
    expect((await caseFor(desk.store, me, code))?.code).toBe(sight === 'full' ? code : undefined)
    expect(await knownAmong(desk.store.sql, me.id, [id])).toEqual(sight === 'none' ? [] : [id])
    const row = (await queue(desk.store, me)).find((each) => each.code === code)
    expect(row?.sight ?? 'none').toBe(sight)
    if (row?.sight === 'outline') expect(row).toMatchObject({ topic: null, country: null, city: null, danger: null })
    for (const action of ACTS) {
      const allowed = ACCESS[role].includes(action)
      expect(await verdict(code, me, action), action).toBe(
        !allowed ? 'notAllowed' : sight === 'full' ? 'done' : 'noCase',
      )
    }
  })
})

describe('whoever works for every centre', () => {
  it.each([
    ['consultant', 'full'],
    ['supervisor', 'full'],
    ['administrator', 'outline'],
  ] as const)('as a %s sees a case of any: %s', async (role, sight) => {
    const code = await (await newClient(desk)).asksForHuman()
    await change(code, { centreId: 'almaty' })
    expect(await sightOf(desk.store.sql, person(`${role} everywhere`).id, code)).toBe(sight)
  })
})

it.each(['coordinator', 'trainer'] as const)('S31 shows a %s no case, whatever else they look after', async (role) => {
  const code = await (await newClient(desk)).asksForHuman({ said: 'canary-words' })
  await change(code, { centreId: null })
  for (const me of [person(`${role} moscow`), person(`${role} everywhere`)]) {
    expect(await sightOf(desk.store.sql, me.id, code)).toBe('none')
    expect((await queue(desk.store, me)).map((row) => row.code)).toEqual([])
    for (const action of ACTS) expect(await verdict(code, me, action), action).toBe('notAllowed')
  }
})

it('S43 shows a trained colleague the case that needs them', async () => {
  const code = await (await newClient(desk)).asksForHuman()
  await change(code, strict)
  const { id } = await desk.store.db.staff.create({
    data: { alias: 'consultant-9', centreId: 'moscow', skills: ['trafficking'] },
  })
  expect(await sightOf(desk.store.sql, id, code)).toBe('full')
})

it('S31 shows nothing to who has left, to an unknown role, and of a case that is not there', async () => {
  const code = await (await newClient(desk)).asksForHuman()
  const gone = await desk.store.db.staff.create({ data: { alias: 'consultant-7', disabledAt: desk.clock() } })
  const odd = await desk.store.db.staff.create({ data: { alias: 'consultant-8', role: 'cleaner' } })
  for (const { id } of [gone, odd]) expect(await sightOf(desk.store.sql, id, code)).toBe('none')
  expect(await sightOf(desk.store.sql, person('supervisor everywhere').id, 'NOPE-99')).toBe('none')
  expect(await knownAmong(desk.store.sql, gone.id, ['not an id'])).toEqual([])
})
