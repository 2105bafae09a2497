/** What reports add up to, and what is not told because too few people are behind it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figuresOf } from '../../../bot/programme/figures/read.js'

const row = (question: string, value: number, more: { city?: string; option?: string; period?: string } = {}) => ({
  ...{ question, value, city: 'brno', option: '', period: '2026-10' },
  ...more,
})

describe('figures of reports', () => {
  it('are sums by month, the largest city and the most common topic first', () => {
    const figures = figuresOf(
      [
        ...[row('clients', 20), row('clients', 40, { city: 'prague' }), row('clients', 8, { period: '2026-09' })],
        ...[row('newClients', 10), row('topics', 6, { option: 'work' }), row('topics', 9, { option: 'stay' })],
        row('topics', 3, { option: 'work', city: 'prague' }),
      ],
      ['2026-09', '2026-10'],
    )
    expect(figures.clients).toEqual([8, 60])
    expect(figures.newClients).toEqual([0, 10])
    expect(figures.topics).toEqual([
      { key: 'stay', n: 9 },
      { key: 'work', n: 9 },
    ])
    expect(figures.cities).toEqual([
      { key: 'prague', values: [0, 40] },
      { key: 'brno', values: [8, 20] },
    ])
  })

  it('S12 tell no number below five, nor one that the others would tell', () => {
    const { clients, topics, cities, newClients } = figuresOf(
      [
        ...[row('clients', 30), row('clients', 9, { city: 'prague' }), row('clients', 3, { city: 'ostrava' })],
        ...[row('clients', 4, { period: '2026-09' }), row('topics', 4, { option: 'safety' })],
        ...[row('newClients', 39)],
      ],
      ['2026-09', '2026-10'],
    )
    expect(clients).toEqual([undefined, 42])
    expect(topics).toEqual([{ key: 'safety', n: undefined }])
    // Three people in Ostrava would be 42 − 30 − 9
    expect(cities).toEqual([
      { key: 'brno', values: [undefined, 30] },
      { key: 'prague', values: [0, undefined] },
      { key: 'ostrava', values: [0, undefined] },
    ])
    // 42 − 39 are three who came before
    expect(newClients).toEqual([undefined, undefined])
  })

  it('S12 never leave a single hidden city beside a total', () => {
    const cities = fc.array(fc.nat(12), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(cities, (counts) => {
        const rows = counts.map((n, nth) => row('clients', n, { city: `city-${nth}` }))
        const told = figuresOf(rows, ['2026-10']).cities.map(({ values }) => values[0])
        for (const value of told) expect(value === undefined || value === 0 || value >= 5).toBe(true)
        const hidden = told.filter((value) => value === undefined).length
        const others = told.filter((value) => value !== undefined && value > 0).length
        if (hidden === 1) expect(others).toBe(0)
      }),
    )
  })
})
