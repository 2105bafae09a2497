/** Where each bar and each point lies. Pure numbers: whatever comes in, nothing leaves the box it is given. */
import { type Box, heightOf, rounded, solid, type Value } from './frame.js'

export type Bar = Box & { value: Value }

/** Of each group of bars, and between them. */
const GAP = 0.22

/** The least that is seen of a value that is there, or is hidden; of none there is nothing to see. */
const STUB = 2
const isSeen = (value: Value): boolean => value === undefined || solid(value) > 0

/** Columns side by side: for each place along the axis one bar of each series. */
export function layoutBars(series: readonly (readonly Value[])[], top: number, box: Box): Bar[][] {
  const places = Math.max(1, ...series.map((values) => values.length))
  const step = box.width / places
  const wide = (step * (1 - GAP)) / Math.max(1, series.length)
  return series.map((values, nth) =>
    values.map((value, place): Bar => {
      const tall = heightOf(value, top, box.height)
      const height = isSeen(value) ? Math.max(tall, Math.min(STUB, box.height)) : 0
      return {
        value,
        x: rounded(box.x + place * step + (step * GAP) / 2 + nth * wide),
        y: rounded(box.y + box.height - height),
        width: rounded(wide),
        height: rounded(height),
      }
    }),
  )
}

export type Row = Bar & { label: Box }

/** Bars that lie: each under its own words. The box grows downwards with them. */
export function layoutRows(values: readonly Value[], top: number, box: Omit<Box, 'height'>, tall: number): Row[] {
  return values.map((value, nth) => {
    const y = box.y + nth * tall
    const bar = tall * 0.38
    const long = isSeen(value) ? Math.max(heightOf(value, top, box.width), STUB) : 0
    return {
      value,
      x: box.x,
      y: rounded(y + tall * 0.5),
      width: rounded(long),
      height: rounded(bar),
      label: { x: box.x, y: rounded(y), width: box.width, height: rounded(tall * 0.5) },
    }
  })
}

export type Point = { x: number; y: number; value: number }

/** Each series as stretches of points: where a value is not told, the line is broken. */
export function layoutLines(series: readonly (readonly Value[])[], top: number, box: Box): Point[][][] {
  const places = Math.max(1, ...series.map((values) => values.length))
  const step = box.width / places
  return series.map((values) => {
    const stretches: Point[][] = [[]]
    for (const [place, value] of values.entries()) {
      if (value === undefined || !Number.isFinite(value)) {
        stretches.push([])
        continue
      }
      stretches.at(-1)?.push({
        x: rounded(box.x + place * step + step / 2),
        y: rounded(box.y + box.height - heightOf(value, top, box.height)),
        value,
      })
    }
    return stretches.filter(({ length }) => length > 0)
  })
}
