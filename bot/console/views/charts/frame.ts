/**
 * Charts as pictures of lines, drawn here: no script, no style of their own, words in the reader's language, and the same numbers in a
 * table beside them. Pure: data in, HTML out.
 *
 * The frame: where a chart's numbers lie on the paper. A chart is narrow, so that on a telephone its letters are as large as those around it.
 */

/** In units of the picture; 340 of them fit on a telephone at about their own size. */
export const WIDTH = 340
export const HEIGHT = 190
/** For the numbers of the axis, and for the months below. */
export const LEFT = 38
export const TOP = 16
export const FOOT = 34
export const RIGHT = 4

export type Box = { x: number; y: number; width: number; height: number }

/** Where bars and lines are drawn. */
export const PLOT: Box = { x: LEFT, y: TOP, width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - FOOT }

/** One of a series; undefined: too few to tell. */
export type Value = number | undefined

/** What is drawn of it: nothing that is no number, nothing below zero. */
export const solid = (value: Value): number => (value !== undefined && Number.isFinite(value) && value > 0 ? value : 0)

/** Two places are enough for a screen. */
export const rounded = (n: number): number => Math.round(n * 100) / 100

/** People are counted in whole ones, so an axis has a top whose half is whole, too. */
const STEPS = [1, 2, 4, 6, 8, 10]
const LEAST_TOP = 2

/** The top of an axis: a round number, not less than `most`. */
export function roundTop(most: number): number {
  const wanted = Math.max(LEAST_TOP, solid(most))
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = STEPS.find((each) => each * power >= wanted) ?? 10
  const top = step * power
  return Number.isFinite(top) ? top : wanted
}

/** How high a value stands in a box of that height, under a top that is not less than any value. */
export const heightOf = (value: Value, top: number, height: number): number =>
  rounded(Math.min(1, solid(value) / top) * height)

/** "1.2K": so short that it fits above a bar. */
export function short(language: string, value: number): string {
  // A Node without a language's data would take the machine's own language instead
  const format = new Intl.NumberFormat([language, 'ru'], { notation: 'compact', maximumFractionDigits: 1 })
  return value < 10_000 ? String(rounded(value)) : format.format(value)
}
