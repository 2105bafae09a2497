/** A few lines of what was counted. */
import type { Books, Day } from '../accountant/books.js'
import { sumOf } from '../accountant/reports.js'
import { GROUP } from '../play/play.js'

const HOURS_A_DAY = 8

export function summary({ people, days: all, reports, opinions, duties }: Books): string[] {
  const lines = [`${people.size} people, ${[...people.values()].filter(({ joined }) => joined).length} joined`]
  for (const day of all) lines.push(dayLine(day))
  const periods = [...new Set([...reports.values()].map(({ period }) => period))].sort()
  for (const period of periods) {
    const those = [...reports.values()].filter((report) => report.period === period)
    const states = new Map<string, number>()
    for (const { state } of those) states.set(state, (states.get(state) ?? 0) + 1)
    const shown = [...states].sort().map(([state, count]) => `${state} ${count}`)
    const late = those.filter((report) => report.late).length
    const answered = opinions.filter((each) => each.period === period).length
    lines.push(
      `${period}  ${shown.join(', ')}${late ? `; late ${late}` : ''}; advised ${sumOf(those, 'clients')}, hours ${sumOf(those, 'hours')}; answers of clients ${answered}`,
    )
  }
  const missing = [...duties.values()].map((duty) => duty.missing)
  lines.push(
    `duties: ${missing.filter((count) => count === 0).length} have fulfilled them; ${missing.reduce((sum, count) => sum + count, 0)} things are missing`,
  )
  return lines
}

function dayLine({ group: where, module, people, guests }: Day): string {
  const all = [...people.values(), ...guests.values()].flatMap((each) => [each.arrival, each['after lunch']])
  const count = (mark: string) => all.filter((each) => each.mark === mark).length
  const late = all.reduce((sum, { minutes }) => sum + minutes, 0)
  const whole = [...people.values(), ...guests.values()].filter((each) =>
    [each.arrival, each['after lunch']].every(({ mark }) => mark === 'here' || mark === 'late'),
  ).length
  return `${where === GROUP ? '' : `${where}: `}module ${module}  here ${count('here')}, late ${count('late')} (${late} min), not here ${count('not here')}, excused ${count('excused')}; ${whole * HOURS_A_DAY} whole hours`
}
