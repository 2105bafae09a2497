/** How soon somebody must answer: in working time, and by the clock when somebody is in danger. */
import { describe, expect, it } from 'vitest'
import { type AnswerFacts, DEFAULT_GOALS, Goals, standing, type Timetable } from '../../bot/desk/goals.js'
import { at, HOUR, hours, MINUTE, MOSCOW, shift, shown } from './hours/a-centre.js'

const office: Timetable = { hours: hours([shift('09:00-18:00')]), zone: MOSCOW }

const asked = (openedAt: string, more: Partial<AnswerFacts> = {}): AnswerFacts => ({
  urgency: 'normal',
  openedAt: at(openedAt, MOSCOW),
  firstReplyAt: null,
  waitingSince: at(openedAt, MOSCOW),
  ...more,
})
const stands = (facts: AnswerFacts, now: string, timetable = office, goals = DEFAULT_GOALS) =>
  standing(facts, goals, timetable, at(now, MOSCOW))
const shownOf = (instant: number | undefined) => (instant === undefined ? 'never' : shown(instant, MOSCOW))

describe('an ordinary question', () => {
  it('asked on Friday afternoon is due on Monday, and people are warned an hour before', () => {
    const facts = asked('2026-11-20 16:00')
    const standsNow = stands(facts, '2026-11-20 17:00')
    expect(standsNow).toMatchObject({ goal: 'first', warned: false, breached: false })
    expect(shownOf(standsNow?.due)).toBe('2026-11-23 11:00')
    expect(shownOf(standsNow?.warnAt)).toBe('2026-11-23 10:00')
  })

  it('is warned of from that minute on, and breached from the minute it is due', () => {
    const facts = asked('2026-11-20 16:00')
    expect(stands(facts, '2026-11-23 09:59')).toMatchObject({ warned: false, breached: false })
    expect(stands(facts, '2026-11-23 10:00')).toMatchObject({ warned: true, breached: false })
    expect(stands(facts, '2026-11-23 10:59')).toMatchObject({ warned: true, breached: false })
    expect(stands(facts, '2026-11-23 11:00')).toMatchObject({ warned: false, breached: true })
  })

  it('answered once is measured by the client’s next words', () => {
    const facts = asked('2026-11-20 10:00', {
      firstReplyAt: at('2026-11-20 11:00', MOSCOW),
      waitingSince: at('2026-11-23 12:00', MOSCOW),
    })
    const standsNow = stands(facts, '2026-11-23 13:00')
    expect(standsNow).toMatchObject({ goal: 'next', since: facts.waitingSince, breached: false })
    expect(shownOf(standsNow?.due)).toBe('2026-11-24 11:00')
  })

  it('that is answered waits for nothing', () => {
    expect(stands(asked('2026-11-20 10:00', { waitingSince: null }), '2026-11-23 12:00')).toBeUndefined()
  })

  it('is measured by the hours of its language', () => {
    const evening: Timetable = {
      hours: hours([
        shift('09:00-18:00', [1, 2, 3, 4, 5], { languages: ['ru'] }),
        shift('17:00-21:00', [5], { languages: ['tg'] }),
      ]),
      zone: MOSCOW,
      filter: { language: 'tg' },
    }
    expect(shownOf(stands(asked('2026-11-20 10:00'), '2026-11-20 10:00', evening)?.due)).toBe('2026-11-20 21:00')
  })

  it('of a centre that is never open is never due, and says so', () => {
    const nobody: Timetable = { hours: hours([]), zone: MOSCOW }
    expect(stands(asked('2026-11-20 10:00'), '2027-11-20 10:00', nobody)).toMatchObject({
      due: undefined,
      warnAt: undefined,
      warned: false,
      breached: false,
    })
  })
})

describe('a cry for help', () => {
  it('at night has ten minutes by the clock, and a warning after seven and a half', () => {
    const facts = asked('2026-11-22 03:00', { urgency: 'urgent' })
    const standsNow = stands(facts, '2026-11-22 03:05')
    expect((standsNow?.due ?? 0) - facts.openedAt).toBe(10 * MINUTE)
    expect((standsNow?.warnAt ?? 0) - facts.openedAt).toBe(7.5 * MINUTE)
    expect(stands(facts, '2026-11-22 03:10')?.breached).toBe(true)
  })

  it('is due in fifteen minutes when the client writes again', () => {
    const waitingSince = at('2026-11-22 03:30', MOSCOW)
    const facts = asked('2026-11-22 03:00', { urgency: 'urgent', firstReplyAt: waitingSince - HOUR, waitingSince })
    expect((stands(facts, '2026-11-22 03:31')?.due ?? 0) - waitingSince).toBe(15 * MINUTE)
  })
})

describe('an ordinary case in which danger is spoken of later', () => {
  it('is due ten minutes after those words, not ten minutes after it was opened', () => {
    const urgentSince = at('2026-11-20 14:00', MOSCOW)
    const facts = asked('2026-11-20 10:00', { urgency: 'urgent', urgentSince })
    expect(stands(facts, '2026-11-20 14:05')).toMatchObject({ due: urgentSince + 10 * MINUTE, breached: false })
  })
})

describe('goals as a centre sets them', () => {
  it('may warn some minutes before, which come at once when the goal is shorter', () => {
    const warned = (minutes: number) =>
      Goals.parse({ ...DEFAULT_GOALS, normal: { ...DEFAULT_GOALS.normal, warnBefore: { minutes } } })
    const facts = asked('2026-11-20 10:00')
    expect(shownOf(stands(facts, '2026-11-20 10:00', office, warned(30))?.warnAt)).toBe('2026-11-20 13:30')
    expect(shownOf(stands(facts, '2026-11-20 10:00', office, warned(600))?.warnAt)).toBe('2026-11-20 10:00')
  })

  it('are refused with a code when they make no sense', () => {
    const codes = (normal: object) =>
      Goals.safeParse({ ...DEFAULT_GOALS, normal: { ...DEFAULT_GOALS.normal, ...normal } }).error?.issues.map(
        ({ message }) => message,
      )
    expect(codes({})).toBeUndefined()
    expect(codes({ first: { minutes: 0, clock: 'working' } })).toEqual(['goals.minutes'])
    expect(codes({ first: { minutes: 5, clock: 'sun' } })).toEqual(['goals.clock'])
    expect(codes({ warnBefore: { share: 1 } })).toEqual(['goals.warnBefore'])
  })
})
