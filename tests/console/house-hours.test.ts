/** The hours of a centre as a plain form: what is typed, what is kept, and what is said of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenDesk, openDesk } from './desk-house.js'
import { furnish } from './house-world.js'

let desk: OpenDesk
let world: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  desk = await openDesk()
  world = await furnish(desk)
})
afterAll(() => desk.end())

const boss = () => world.supervisor

describe('the hours of a centre', () => {
  const url = '/desk/centres/moscow/hours'
  const row = (nth: number, days: number[], from: string, to: string) => ({
    ...Object.fromEntries(days.map((day) => [`shifts.${nth}.day.${day}`, 'on'])),
    [`shifts.${nth}.from`]: from,
    [`shifts.${nth}.to`]: to,
  })
  const stored = async () => (await desk.store.db.centre.findUniqueOrThrow({ where: { id: 'moscow' } })).hours

  it('are added row by row, and kept only when they are saved', async () => {
    await boss().get(url)
    const before = await stored()
    const more = await boss().post(url, { act: 'addShift', shifts: '1', exceptions: '0', ...row(0, [1], '9', '13') })
    expect(more.statusCode).toBe(200)
    expect(more.body).toContain('name="shifts.1.from"')
    expect(more.body).toContain('value="09:00"')
    const less = await boss().post(url, {
      act: 'removeShift.0',
      shifts: '2',
      exceptions: '0',
      ...row(0, [1], '9', '13'),
    })
    expect(less.body).not.toContain('name="shifts.1.from"')
    expect(await stored()).toEqual(before)
  })

  it('may go past midnight, for some languages only, with holidays, as people write times', async () => {
    const answer = await boss().post(url, {
      act: 'save',
      shifts: '3',
      exceptions: '2',
      ...row(0, [1, 2, 3, 4, 5], '9', '18.30'),
      ...row(1, [5], '20:00', '2:00'),
      'shifts.1.language.tg': 'on',
      'shifts.1.channel.telegram': 'on',
      'exceptions.0.from': '2026-12-31',
      'exceptions.0.to': '2027-01-08',
      'exceptions.0.name': 'New Year',
      'exceptions.0.kind': 'closed',
      'exceptions.1.from': '2026-12-30',
      'exceptions.1.kind': 'other',
      'exceptions.1.spans': '2',
      'exceptions.1.span.0.from': '10',
      'exceptions.1.span.0.to': '14',
    })
    expect(answer.headers.location).toBe(`${url}?done=saved`)
    expect(await stored()).toEqual({
      shifts: [
        { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:30' },
        { days: [5], from: '20:00', to: '02:00', languages: ['tg'], channels: ['telegram'] },
      ],
      exceptions: [
        { from: '2026-12-31', to: '2027-01-08', name: 'New Year', closed: true },
        { from: '2026-12-30', to: '2026-12-30', shifts: [{ from: '10:00', to: '14:00' }] },
      ],
    })
    const page = (await boss().get(`${url}?done=saved`)).body
    expect(page).toContain('Saved.')
    expect(page).toContain('Today: 09:00–18:30, 20:00–24:00')
  })

  it('say beside the row what is wrong, and keep what was typed', async () => {
    const answer = await boss().post(url, {
      act: 'save',
      shifts: '1',
      exceptions: '1',
      ...row(0, [], '25:00', '18'),
      'exceptions.0.from': '2026-12-31',
      'exceptions.0.to': '2026-12-01',
      'exceptions.0.kind': 'closed',
    })
    expect(answer.statusCode).toBe(422)
    for (const words of ['Tick at least one day.', 'Write the time like', 'The last day is before the first.'])
      expect(answer.body).toContain(words)
    expect(answer.body).toContain('value="25:00"')
  })

  it('warn when nobody is ever there, and when a goal can never be reached', async () => {
    const save = (fields: Record<string, string>) => boss().post(url, { act: 'save', exceptions: '0', ...fields })
    await save({ shifts: '1', ...row(0, [1], '9', '10'), 'shifts.0.language.ru': 'on' })
    const page = (await boss().get(url)).body
    expect(page).toContain('Nobody is ever there for: Tajik')
    await save({ shifts: '0' })
    const empty = (await boss().get(url)).body
    expect(empty).toContain('It does not open within the next two months.')
    expect(empty).toContain('never enough for: Others: first answer, Others: each next answer')
  })
})
