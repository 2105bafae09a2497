/**
 * The workers' programme: groups of people who learn together, who is in them, and the rules of their programme. No casework.
 *
 * The rules, as data: each programme keeps its own, and what it does not say is as here. Every number comes from the programme's
 * own description of its duties ("Monthly report", "Session check-in", "Duties board").
 */
import { z } from 'zod'

/** Nobody trains more people at once, whatever a programme says ("groups of 20–30"). */
export const GROUP_MAX = 30

/** Together the seven full days of eight hours. */
const MODULES = 7
const MODULE_HOURS = 8

/** A day that every month has. */
const DUE_DAY_MAX = 28

const DueDay = z.int().min(1).max(DUE_DAY_MAX)

const Count = z.int().min(0)

/** A time of the wall, like 13:00. */
const Wall = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** When people check in a second and a third time ("Two points a day, an optional third"); without a lunch it is the day's middle. */
export const CheckinRules = z.strictObject({ lunch: Wall.optional(), third: Wall.optional() })

/** 2026-10 */
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export const ProgrammeRules = z
  .strictObject({
    /** The day of the next month by which a month is reported ("Monthly report": due day). */
    dueDay: DueDay.default(5),
    /** Months up to `until` keep the due day that they had: nobody is late by a change that came afterwards. */
    earlier: z.array(z.strictObject({ until: z.string().regex(MONTH), dueDay: DueDay })).default([]),
    /** Days before and after the due day on which somebody is reminded ("3 days before, on the day, 3 days after"). */
    reminderDays: z.array(z.int().min(-20).max(20)).max(6).default([-3, 0, 3]),
    /** Attendance counts by module ("seven sessions of eight hours"). */
    modules: z.int().min(1).max(20).default(MODULES),
    hoursPerModule: z.number().positive().max(12).default(MODULE_HOURS),
    checkin: CheckinRules.default({}),
    /** "Groups of 20–30." Below the first number the coordinator is told, above the second nobody is taken in. */
    group: z
      .strictObject({ from: Count.default(20), max: z.int().min(1).max(GROUP_MAX).default(GROUP_MAX) })
      .default({ from: 20, max: GROUP_MAX }),
    /** What a certificate takes ("Duties board"): every module, an approved report for every month, and feedback collected. */
    certificate: z
      .strictObject({
        hours: z
          .number()
          .min(0)
          .default(MODULES * MODULE_HOURS),
        everyReport: z.boolean().default(true),
        feedbackFrom: Count.default(1),
      })
      .default({ hours: MODULES * MODULE_HOURS, everyReport: true, feedbackFrom: 1 }),
    /** "75,000 CZK per organisation for at most two staff members." */
    support: z
      .strictObject({
        amount: Count.default(75_000),
        currency: z.string().length(3).default('CZK'),
        people: Count.default(2),
      })
      .default({ amount: 75_000, currency: 'CZK', people: 2 }),
  })
  .refine(({ group }) => group.from <= group.max, { path: ['group'], message: 'from is larger than max' })

export type ProgrammeRules = z.output<typeof ProgrammeRules>

/** What holds where a programme says nothing of its own. */
export const USUAL_RULES: ProgrammeRules = ProgrammeRules.parse({})

/** A programme's rules as they are kept. Throws when they are not rules: nobody may work by half of them. */
export const rulesOf = (programme: { rules: unknown }): ProgrammeRules => ProgrammeRules.parse(programme.rules)

/** The due day that holds for a month. */
export const dueDayOf = ({ dueDay, earlier }: Pick<ProgrammeRules, 'dueDay' | 'earlier'>, period: string): number =>
  earlier.toSorted((one, other) => one.until.localeCompare(other.until)).find(({ until }) => period <= until)?.dueDay ??
  dueDay
