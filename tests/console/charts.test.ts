/** Charts: whatever the numbers are, nothing is drawn outside of the frame, and no number is none. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barChart } from '../../bot/console/views/charts/bars.js'
import { HEIGHT, PLOT, roundTop, solid, type Value, WIDTH } from '../../bot/console/views/charts/frame.js'
import { layoutBars, layoutLines, layoutRows } from '../../bot/console/views/charts/layout.js'
import { lineChart } from '../../bot/console/views/charts/lines.js'
import type { Words } from '../../bot/console/views/charts/picture.js'
import { rowChart } from '../../bot/console/views/charts/rows.js'

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(0),
  fc.constant(undefined),
  fc.nat(500),
  fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -5, 1e-300),
)
const values = fc.array(value, { maxLength: 14 })
const series = fc.array(values, { maxLength: 5 })

const words: Words = {
  ...{ id: 'chart-x', language: 'cs', title: 'Lidé <b>', description: 'Sloupce', few: '<5', hidden: 'skryto' },
  table: 'Jako tabulka',
}
const months = (n: number) => Array.from({ length: n }, (_, nth) => `2026-${String((nth % 12) + 1).padStart(2, '0')}`)
const topOf = (all: readonly (readonly Value[])[]) => roundTop(Math.max(0, ...all.flat().map(solid)))

const isInside = (n: number, from: number, to: number) =>
  expect(Number.isFinite(n) && n >= from - 0.01 && n <= to + 0.01, `${n} in ${from}–${to}`).toBe(true)

/** Every number of every attribute, and of every path, lies on the paper. */
function checkPicture(source: string, height: number): void {
  expect(source).not.toMatch(/NaN|Infinity|undefined|style=/)
  const picture = /<svg viewBox="0 0 [^"]*" role="img"[\s\S]*?<\/svg>/.exec(source)?.[0] ?? ''
  for (const [, name, n] of picture.matchAll(/ (x|cx|width|y|cy|height)="([^"]+)"/g))
    isInside(Number(n), 0, name === 'x' || name === 'cx' || name === 'width' ? WIDTH : height)
  for (const [, path = ''] of picture.matchAll(/ d="([^"]+)"/g))
    for (const n of path.match(/-?[\d.]+(?:e[+-]?\d+)?/g) ?? []) isInside(Number(n), 0, WIDTH)
}

describe('the layout of charts', () => {
  it('keeps every bar inside its box, the higher the more', () => {
    fc.assert(
      fc.property(series, (all) => {
        const top = topOf(all)
        const bars = layoutBars(all, top, PLOT).flat()
        for (const { x, y, width, height } of bars) {
          isInside(x, PLOT.x, PLOT.x + PLOT.width)
          isInside(x + width, PLOT.x, PLOT.x + PLOT.width)
          isInside(y, PLOT.y, PLOT.y + PLOT.height)
          isInside(y + height, PLOT.y, PLOT.y + PLOT.height)
          expect(height).toBeGreaterThanOrEqual(0)
        }
        const known = bars.filter(({ value: n }) => n !== undefined)
        known.sort((one, other) => solid(one.value) - solid(other.value))
        for (const [nth, { height }] of known.entries())
          expect(height).toBeGreaterThanOrEqual(known[nth - 1]?.height ?? 0)
      }),
    )
  })

  it('keeps every lying bar beside its words, and every point inside its box', () => {
    fc.assert(
      fc.property(values, (all) => {
        const box = { x: 0, y: 0, width: 300 }
        for (const { x, y, width, height, label } of layoutRows(all, topOf([all]), box, 38)) {
          isInside(x + width, 0, 300)
          expect(y).toBeGreaterThanOrEqual(label.y + label.height - 0.01)
          isInside(y + height, 0, all.length * 38)
        }
        for (const { x, y } of layoutLines([all], topOf([all]), PLOT).flat(2)) {
          isInside(x, PLOT.x, PLOT.x + PLOT.width)
          isInside(y, PLOT.y, PLOT.y + PLOT.height)
        }
      }),
    )
  })

  it('breaks a line where a number is not told', () => {
    const [line] = layoutLines([[1, undefined, 2, 3]], 5, PLOT)
    expect(line?.map((points) => points.map(({ value: n }) => n))).toEqual([[1], [2, 3]])
  })

  it('ends its axis at a round number that nothing exceeds', () => {
    expect([0, 1, 3, 12, 47, 99, 100, 101].map(roundTop)).toEqual([2, 2, 4, 20, 60, 100, 100, 200])
    fc.assert(
      fc.property(value, (most) => {
        expect(roundTop(most ?? 0)).toBeGreaterThanOrEqual(solid(most))
        expect(Number.isFinite(roundTop(most ?? 0))).toBe(true)
      }),
    )
  })
})

describe('a chart as it is drawn', () => {
  it('holds no number that is none, whatever comes in', () => {
    const finite = (all: readonly (readonly Value[])[]) =>
      all.map((each) => each.map((n) => (n === undefined ? n : solid(n))))
    fc.assert(
      fc.property(series, (all) => {
        const long = Math.max(0, ...all.map((each) => each.length))
        const named = finite(all).map((each, nth) => ({ name: `Město ${nth}`, values: each }))
        checkPicture(barChart(words, 'Měsíc', months(long), named).toString(), HEIGHT)
        checkPicture(lineChart(words, 'Měsíc', months(long), named).toString(), HEIGHT)
        const lines = (named[0]?.values ?? []).map((n, nth) => ({ name: `Téma ${nth}`, value: n }))
        checkPicture(rowChart(words, ['Téma', 'Zprávy'], lines).toString(), Math.max(1, lines.length) * 38)
      }),
      { numRuns: 60 },
    )
  })

  it('is named and described, escapes its words, and has every number in a table', () => {
    const source = barChart(words, 'Měsíc', ['2026-09', '2026-10'], [{ name: 'Všichni', values: [undefined, 1234] }])
    const text = source.toString()
    expect(text).toContain('aria-labelledby="chart-x-t chart-x-d"')
    expect(text).toContain('<title id="chart-x-t">Lidé &lt;b&gt;</title><desc id="chart-x-d">Sloupce</desc>')
    expect(text).toContain('<th scope="row">říjen 2026</th><td>1\u00a0234</td>')
    expect(text).toContain('<td><abbr title="skryto">&lt;5</abbr></td>')
  })
})
