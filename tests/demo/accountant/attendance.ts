/**
 * Who was there: from who came when before which screen, what the trainer said, and when the day was closed. The rules: open half an hour
 * before, on time until ten minutes after the start, then late by whole minutes; the second point is the middle of the day.
 */
import { text } from '../texts.js'
import type { Entry, Transcript } from '../transcript.js'
import type { Attended, Day, PointName } from './books.js'
import { wallOf } from './days.js'

const OPENS_BEFORE = 30
const ON_TIME = 10
const HALF_A_DAY = 4 * 60

const POINTS: Record<string, PointName> = { arrival: 'arrival', lunch: 'after lunch' }

type Planned = Day & { on: string; from: number; apologised: Set<string> }

/** At which point of the day this is, and how many minutes after its start. */
function pointAt({ from }: Planned, minutes: number): { point: PointName; after: number } {
  const second = minutes >= from + HALF_A_DAY - OPENS_BEFORE
  return second
    ? { point: 'after lunch', after: minutes - from - HALF_A_DAY }
    : { point: 'arrival', after: minutes - from }
}

const asAttended = (after: number): Attended =>
  after <= ON_TIME ? { mark: 'here', minutes: 0 } : { mark: 'late', minutes: after }

export function attendanceOf(
  transcript: Transcript,
  members: ReadonlyMap<string, { group: string; language: string }>,
): Day[] {
  const days: Planned[] = []
  const marks = new Map<Planned, Map<string, Partial<Record<PointName, Attended>>>>()
  const dayOf = ({ about }: Entry, group = about?.group ?? '') =>
    days.find((each) => each.group === group && each.module === Number(about?.module))
  const mark = (day: Planned, person: string, point: PointName, attended: Attended, first = false) => {
    const own = marks.get(day)?.get(person) ?? {}
    // Who comes twice came once
    if (!first || !own[point]) marks.get(day)?.set(person, { ...own, [point]: attended })
  }
  /** Who stands before a screen and was not answered yet. */
  const coming = new Map<string, Entry>()
  const apologising = new Map<string, string>()
  let trainersDay: Planned | undefined
  let adding = false

  for (const entry of transcript) {
    const { who, did, about } = entry
    const language = members.get(who)?.language ?? 'en'
    if (did === 'plans' && about) {
      const [hours = 0, minutes = 0] = (about.from ?? '').split(':').map(Number)
      const day: Planned = {
        ...{ group: entry.text, module: Number(about.module), on: about.day ?? '', from: hours * 60 + minutes },
        ...{ closed: false, people: new Map(), guests: new Map(), welcome: new Set(), apologised: new Set() },
      }
      days.push(day)
      marks.set(day, new Map())
    }
    if (did === 'comes') coming.set(who, entry)
    if (did === 'hears') {
      const came = coming.get(who)
      const day = came && dayOf(came)
      if (came && day && entry.text.includes('✓')) {
        coming.delete(who)
        const { point, after } = pointAt(day, wallOf(came.at).minutes)
        mark(day, who, point, asAttended(after), true)
      }
      const excused = apologising.get(who)
      if (excused && entry.text === text(language, 'absence:apologised')) {
        const day = days.find((each) => each.group === members.get(who)?.group && each.module === Number(excused))
        day?.apologised.add(who)
        apologising.delete(who)
      }
    }
    if (did === 'presses' && members.has(who)) {
      const module = /(?:module|modul|модуль) (\d+)$/.exec(entry.text)?.[1]
      if (module) apologising.set(who, module)
    }
    if (did === 'marks') {
      const day = dayOf(entry)
      const point = POINTS[about?.point ?? '']
      if (day && point) mark(day, entry.text, point, { mark: 'here', minutes: 0 })
    }
    if (did === 'welcomes') dayOf(entry)?.welcome.add(entry.text)
    if (did === 'closes') closeDay(dayOf(entry, entry.text))
    if (!members.has(who) && entry.where === 'telegram') byChat(entry)
  }

  /** The trainer's own chat: which day it is about, who is added, and that it is over. */
  function byChat({ did, text: words, at }: Entry): void {
    const [, group = '', module] = /^(.*) · .*module (\d+)$/.exec(words) ?? []
    if (did === 'presses' && group)
      trainersDay = days.find((each) => each.group === group && each.module === Number(module))
    if (did === 'writes' && adding && trainersDay) {
      mark(trainersDay, words, pointAt(trainersDay, wallOf(at).minutes).point, { mark: 'here', minutes: 0 })
      adding = false
    }
    if (did === 'presses' && words === text('en', 'session:choice.options.add')) adding = true
    if (did === 'presses' && words === text('en', 'session:choice.options.fits')) closeDay(trainersDay)
  }

  function closeDay(day: Planned | undefined): void {
    if (!day) return
    day.closed = true
    const own = marks.get(day) ?? new Map<string, Partial<Record<PointName, Attended>>>()
    for (const [person, { group }] of members) {
      const there = own.get(person)
      if (group !== day.group && !there) continue
      const unmarked: Attended = { mark: day.apologised.has(person) ? 'excused' : 'not here', minutes: 0 }
      const whole = { arrival: unmarked, 'after lunch': unmarked, ...there }
      ;(group === day.group ? day.people : day.guests).set(person, whole)
    }
  }
  return days
}
