/**
 * The reports of a group as a table: 2,000 of them and 20,000, over loopback to whoever takes them. How many rows a second, and how much
 * memory at most: a table that is sent as it is read needs no more for ten times as many rows.
 */
import { periodsBetween } from '../../bot/programme/reports/periods.js'
import { crowd } from './crowd.js'
import { coordinatorAt, goal, line, onServer, whole } from './served.js'

const REPORTS = 20_000
const FEWER = 10
const MONTHS = periodsBetween('2025-11', '2026-10')
/** Looking at memory after a full collection takes longer than a piece of the table. */
const LOOK_EVERY_BYTES = 96 * 1024
/** A page of rows, and what is on its way; the same however long the table is. */
const GOAL_MORE_MB = 8

const MB = 1_048_576

function heap(): number {
  global.gc?.()
  // Without what the query compiler keeps for itself, which never gets less
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / MB
}

export const benchExport = (reports = REPORTS) =>
  onServer('export', {
    async work(house) {
      console.log(`export: ${whole(reports / FEWER)} reports and ${whole(reports)}, on PostgreSQL`)
      const desk = await coordinatorAt(house)
      const groups: { groupId: string; rows: number }[] = []
      for (const size of [reports / FEWER, reports]) {
        const people = Math.ceil(size / MONTHS.length)
        const { groupId } = await crowd(house, { size: people, months: MONTHS })
        groups.push({ groupId, rows: people * MONTHS.length })
      }
      await house.store.sql('analyze')
      for (const as of ['csv', 'xlsx'] as const) {
        const taken = []
        for (const { groupId, rows } of groups) {
          const fields = { from: MONTHS[0] ?? '', to: MONTHS.at(-1) ?? '', as }
          // The first time everything is compiled
          await desk.download(`reports/${groupId}`, `reports/${groupId}/export`, fields, () => undefined)
          const start = performance.now()
          const lines = await countLines(desk, groupId, fields)
          const perSecond = rows / ((performance.now() - start) / 1000)
          if (as === 'csv' && lines !== rows + 1) throw new Error(`${lines} lines, not ${rows + 1}`)
          const before = await restingHeap()
          let peak = before
          let since = 0
          await desk.download(`reports/${groupId}`, `reports/${groupId}/export`, fields, (part) => {
            since += part.length
            if (since < LOOK_EVERY_BYTES) return
            since = 0
            peak = Math.max(peak, heap())
          })
          taken.push({ peak, more: peak - before, perSecond })
          line(
            `${as}, ${whole(rows)} rows`,
            `${whole(perSecond)} /s`,
            `${peak.toFixed(1)} MB`,
            `${(peak - before).toFixed(1)} MB more`,
          )
        }
        const [few, many] = taken
        if (!few || !many) continue
        const ratio = many.peak / few.peak
        line(
          `${as}, ten times the rows`,
          `${(many.perSecond / few.perSecond).toFixed(2)} × /s`,
          `${ratio.toFixed(2)} × MB`,
          goal(many.more < GOAL_MORE_MB, `${GOAL_MORE_MB} MB more`),
        )
      }
    },
  })

/** After a collection what was closed is let go of, and goes with the next one. */
async function restingHeap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    heap()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return heap()
}

async function countLines(
  desk: Awaited<ReturnType<typeof coordinatorAt>>,
  groupId: string,
  fields: Record<string, string>,
) {
  let lines = 0
  await desk.download(`reports/${groupId}`, `reports/${groupId}/export`, fields, (part) => {
    for (const byte of part) if (byte === 13) lines++
  })
  return lines
}
