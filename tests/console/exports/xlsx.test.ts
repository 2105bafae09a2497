/** A workbook that is written as it is read; looked at with a reader that is not ours. */
import { setTimeout } from 'node:timers/promises'
import { readSheet } from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { type Value, xlsx } from '../../../bot/console/exports/xlsx.js'

async function* of(rows: readonly Value[][]) {
  yield* rows
}

const whole = async (rows: readonly Value[][]) => {
  const parts: Buffer[] = []
  for await (const part of xlsx(of(rows))) parts.push(part)
  return readSheet(Buffer.concat(parts))
}

it('holds words as words and numbers as numbers, whatever stands in them', async () => {
  const row = ['Ďurišová & <b>Їжак</b>', '=1+1', '+420 777 123 456', 'first\nsecond', 12.5, 0]
  expect(await whole([row])).toEqual([row])
})

it('leaves a cell empty that has nothing, also beyond the twenty-sixth column', async () => {
  const row: Value[] = Array.from({ length: 60 }, (_, nth) => (nth % 3 === 1 ? null : nth))
  expect(await whole([row])).toEqual([row])
})

it('takes out what XML has no place for', async () => {
  expect(await whole([['a\u0000b\uFFFFc', 'x']])).toEqual([['a\uFFFDb\uFFFDc', 'x']])
})

it('reads no further than it is read: twenty thousand rows never lie in memory together', async () => {
  let read = 0
  async function* many() {
    for (; read < 20_000; read++) yield Array.from({ length: 25 }, (_, nth) => `${read} ${nth} ${Math.sin(read * nth)}`)
  }
  const parts = xlsx(many())
  // The head of the sheet, and the first part of what is in it
  let bytes = 0
  while (bytes < 50_000) bytes += ((await parts.next()).value as Buffer).length
  await setTimeout(50)
  expect(read).toBeLessThan(2000)
  for await (const part of parts) bytes += part.length
  expect(read).toBe(20_000)
  expect(bytes).toBeGreaterThan(1_000_000)
})
