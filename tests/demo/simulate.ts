/**
 * Half a year of a programme, played through the real flows in the real house, and counted by an accountant who sees only what was said and
 * done. What the console shows is then compared with what the accountant has: any difference is named with both numbers.
 *
 * A new act of the programme is a file in `play/` with its scenes below, a part of `accountant/`, and a page in `pages/`.
 */
import { calendarOf } from './calendar.js'
import { castOf } from './cast.js'
import { createChance } from './chance.js'
import { certificates } from './play/ending.js'
import { monthOfFeedback } from './play/feedback.js'
import { monthOfReports } from './play/months.js'
import { open } from './play/opening.js'
import type { Play, Scene } from './play/play.js'
import { dayOfTraining, madeUpElsewhere } from './play/training.js'
import { type Ground, openStage } from './stage.js'
import { createTranscript, type Entry } from './transcript.js'

export type Size = { people: number; sessions: number; months: number }
export const WHOLE: Size = { people: 28, sessions: 7, months: 6 }

export type Options = Size & {
  seed: number
  last: string
  ground: Ground
  tell?: (line: string) => void
  listen?: (entry: Entry) => void
}

/** Of what was said before something went wrong. */
const LINES_TOLD = 8

/** Plays it; the stage stays open, for the console to be looked at. The caller closes it. */
export async function simulate({
  seed,
  last,
  ground,
  tell = () => undefined,
  listen,
  ...size
}: Options): Promise<Play> {
  const calendar = calendarOf(last, size.months, size.sessions)
  const stage = await openStage(ground, new Date(`${calendar.startsOn}T06:00:00Z`))
  try {
    const notes = createTranscript(stage.now, listen)
    const play = await open({ stage, notes, chance: createChance(seed), calendar, cast: castOf(size.people) })
    tell(`${play.people.length} people have joined`)
    const scenes: Scene[] = [
      ...calendar.days.flatMap((_, nth) => dayOfTraining(play, nth + 1)),
      madeUpElsewhere(play),
      ...calendar.periods.flatMap((_, nth) => [...monthOfReports(play, nth), monthOfFeedback(play, nth)]),
      certificates(play),
    ]
    for (const scene of scenes.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
      await scene.run().catch((error: unknown) => {
        const before = notes.entries
          .slice(-LINES_TOLD)
          .map(({ who, where, did, text }) => `${who} ${did} (${where}): ${text}`)
        const when = `${scene.at.toISOString().slice(0, 10)}, ${scene.what}`
        throw new Error(`${when}: ${String(error)}\n${before.join('\n')}`, { cause: error })
      })
      if (/module|approved|feedback|certificates/.test(scene.what))
        tell(`${scene.at.toISOString().slice(0, 10)}  ${scene.what}`)
    }
    stage.reach(calendar.end)
    return play
  } catch (error) {
    await stage.close()
    throw error
  }
}
