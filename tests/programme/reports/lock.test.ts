/** A month of a whole group is locked and opened with one press; one person can be the exception, and workers hear why nothing goes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matrixOf } from '../../../bot/programme/reports/matrix.js'
import { type DeskHouse, signIn } from '../../console/desk-house.js'
import { type TestHouse, testHouse } from '../../house.js'
import { chat, fill, newGroup, newWorker, sendReport } from './world.js'

const CLOSED =
  'This month is closed now, so nothing can be changed in it. If something is missing, please tell your coordinator.'

let house: TestHouse
let boss: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z' })
  boss = await signIn({ ...house, clock: house.fake.now } as unknown as DeskHouse, { role: 'coordinator' })
})
afterAll(() => house.end())

/** Anna has sent October, Bohdan is writing it, Clara has not begun, Dana left before it. */
async function aGroup() {
  const group = await newGroup(house.store)
  const named = async (name: string, leftOn?: string) => {
    const worker = await newWorker(house.store, group.id, { name, joinedOn: '2026-09-01', ...(leftOn && { leftOn }) })
    return { ...worker, me: chat(house, worker.address) }
  }
  const [anna, bohdan, clara] = [await named('Anna'), await named('Bohdan'), await named('Clara')]
  await named('Dana', '2026-09-20')
  await sendReport(house, anna.personId)
  const path = `/desk/reports/${group.id}`
  const posts = async (to: string, period = '2026-10') => {
    await boss.get(path)
    return boss.post(`${path}/${to}`, { period })
  }
  /** What the page says after the press. */
  const hears = async (to: string) => {
    const { statusCode, headers } = await posts(to)
    expect(statusCode).toBe(303)
    const page = await boss.get(String(headers.location))
    return /role="status"[^>]*>([^<]+)/.exec(page.body)?.[1]?.trim()
  }
  const october = async () => {
    const about = { groupId: group.id, now: house.fake.now(), last: '2026-10', months: 1 }
    const { rows } = await matrixOf(house.store, boss.staff, about)
    return rows.map(({ name, cells }) => `${name} ${cells[0]?.shown}`)
  }
  return { group, anna, bohdan, clara, path, posts, hears, october }
}

const eventsOf = async (personId: string) => {
  const found = await house.store.db.reportEvent.findMany({ where: { report: { personId } }, orderBy: { id: 'asc' } })
  return found.map(({ kind, staffId }) => (staffId === boss.staff.id ? kind : `${kind} by nobody`))
}

describe('a month of a whole group', () => {
  it('is locked for all of whom it is expected, and each can be let go again, or all of them', async () => {
    const { group, anna, bohdan, clara, path, posts, hears, october } = await aGroup()
    await bohdan.me.says('/report')
    await bohdan.me.presses('October 2026')
    await bohdan.me.presses('Yes, let us begin')
    await bohdan.me.says('Brno')
    await fill(bohdan.me)
    expect((await boss.get(path)).body).toContain(`formaction="${path}/unlock"`)

    expect(await hears('lock')).toBe('The month is locked for 3 people.')
    expect(await october()).toEqual(['Anna locked', 'Bohdan locked', 'Clara locked', 'Dana notExpected'])
    await bohdan.me.presses('Yes, all is right')
    expect(bohdan.me.last.text).toBe(CLOSED)
    await clara.me.says('/report')
    expect(clara.me.last.buttons).not.toContain('October 2026')
    await clara.me.presses('Another month')
    await clara.me.says('10.2026')
    expect(clara.me.last.text).toBe(CLOSED)

    await boss.get(`${path}/${clara.personId}/2026-10`)
    await boss.post(`${path}/${clara.personId}/2026-10/unlock`, {})
    expect(await october()).toEqual(['Anna locked', 'Bohdan locked', 'Clara due', 'Dana notExpected'])
    await sendReport(house, clara.personId)
    await expect(sendReport(house, bohdan.personId)).rejects.toMatchObject({ code: 'locked' })

    expect(await hears('lock')).toBe('The month is locked for 1 person.')
    expect(await hears('lock')).toBe('Nothing has changed: it was so for everybody already.')
    expect(await hears('unlock')).toBe('The month is open again for 3 people.')
    expect(await october()).toEqual(['Anna submitted', 'Bohdan draft', 'Clara submitted', 'Dana notExpected'])
    // What he had written when it was locked is there again
    await bohdan.me.says('/report')
    expect(bohdan.me.last.text).toContain('• New people: 12')
    await bohdan.me.presses('Yes, all is right')
    expect(bohdan.me.last.text).toContain('Your report for October 2026 is sent')

    expect(await eventsOf(anna.personId)).toEqual(['locked', 'unlocked'])
    expect(await eventsOf(clara.personId)).toEqual(['locked', 'unlocked', 'locked', 'unlocked'])
    const audited = await house.store.db.audit.findMany({
      where: { staffId: boss.staff.id, object: `${group.id}/2026-10` },
      orderBy: { id: 'asc' },
    })
    expect(audited.map(({ action }) => action)).toEqual(['report.lock', 'report.lock', 'report.unlock'])
    expect((await posts('remind')).headers.location).toMatch(/done=nobodyReminded/)
  })

  it('is none that has not begun, and of nobody’s group it is none at all', async () => {
    const { posts, october } = await aGroup()
    for (const period of ['2026-12', '2026-13', '']) {
      const answer = await posts('lock', period)
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain('Choose a month that has begun')
    }
    expect(await october()).toEqual(['Anna submitted', 'Bohdan due', 'Clara due', 'Dana notExpected'])
    expect((await boss.post(`/desk/reports/${crypto.randomUUID()}/lock`, { period: '2026-10' })).statusCode).toBe(404)
  })
})
