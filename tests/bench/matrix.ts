/**
 * The months of a group as a page: 30 groups of 30 people with 12 months each, on PostgreSQL. How long the page takes in the server, and
 * how many statements it sends to the database, which must not grow with groups, people or months.
 */
import { periodIn, periodsBetween, shifted } from '../../bot/programme/reports/periods.js'
import { crowd } from './crowd.js'
import { at, coordinatorAt, goal, line, ms, onServer, statementsOf } from './served.js'

const GROUPS = 30
const FEW_GROUPS = 3
const PEOPLE = 30
const ROUNDS = 5
const GOAL_P95_MS = 200

type Get = (path: string) => Promise<unknown>

/** How many statements the list of groups and one group's months take. */
export async function statementsOfPages(get: Get, groupId: string): Promise<{ list: number; months: number }> {
  const list = await statementsOf(() => get('reports'))
  return { list, months: await statementsOf(() => get(`reports/${groupId}`)) }
}

export const benchMatrix = () =>
  onServer('matrix', {
    async work(house) {
      console.log(`matrix: ${GROUPS} groups of ${PEOPLE} people, 12 months, on PostgreSQL`)
      const now = periodIn('UTC', house.clock())
      const months = periodsBetween(shifted(now, -11), now)
      const { page } = await coordinatorAt(house)
      const groups: string[] = []
      const more = async (upTo: number) => {
        while (groups.length < upTo) groups.push((await crowd(house, { size: PEOPLE, months })).groupId)
      }
      await more(FEW_GROUPS)
      const few = await statementsOfPages(page, groups[0] ?? '')
      await more(GROUPS)
      await house.store.sql('analyze')
      const many = await statementsOfPages(page, groups[0] ?? '')
      const same = few.list === many.list && few.months === many.months
      const usual = `those of ${FEW_GROUPS} groups (${few.list} / ${few.months})`
      line('statements, list of groups / one group', `${many.list} / ${many.months}`, goal(same, usual))
      for (const [label, paths] of [
        ['one group’s months', groups.map((id) => `reports/${id}`)],
        ['list of groups', groups.map(() => 'reports')],
      ] as const) {
        // The first time everything is read and compiled
        for (const path of paths) await page(path)
        for (let round = 1; round <= ROUNDS; round++) {
          const times: number[] = []
          const before = process.cpuUsage()
          for (const path of paths) {
            const start = performance.now()
            const html = await page(path)
            times.push(performance.now() - start)
            if (!html.includes('</html>')) throw new Error(`${path} is no page`)
          }
          const { user, system } = process.cpuUsage(before)
          const own = ms((user + system) / 1000 / paths.length)
          const p95 = at(0.95, times)
          const met = goal(p95 < GOAL_P95_MS, ms(GOAL_P95_MS))
          line(`${label}, round ${round}`, `p50 ${ms(at(0.5, times))}`, `p95 ${ms(p95)}`, `${own} of a core`, met)
        }
      }
    },
  })
