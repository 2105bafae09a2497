/** A table for a spreadsheet; looked at with a reader that is not ours. */
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { csv } from '../../../bot/console/csv.js'

const cells = (values: readonly string[]): unknown[] => parse(csv([values]), { bom: true, delimiter: ';' })[0] ?? []

it('holds what was written, whatever stands in it', () => {
  const row = ['Ďurišová; "Їжак"', 'first\nsecond', "l'été", '', '12,5', 'a,b', ' x ']
  expect(cells(row)).toEqual(row)
})

it('leaves a phone number as it was written, where a spreadsheet makes nothing else of it', () => {
  const phones = ['+420 777 123 456', '+7 (495) 123 45 67', '00420 777 123 456', '00420777123456', '777 123 456']
  expect(cells(phones)).toEqual(phones)
})

it('runs no formula, and computes no phone number', () => {
  const hostile = [
    ...['=1+1', '+1', '-1', '@a', '\tx', '\rx', '\nx'],
    ...[
      '+1+cmd',
      '+1 2+cmd|calc',
      '+420 777 123 456\n=1+1',
      '-420 777 123 456',
      '=420 777 123 456',
      '@420 777 123 456',
    ],
    ...[
      '+420-777-123-456',
      '+420777123456',
      '+420.777123456',
      '+1 (2)',
      '+1 234 567 890 123 456',
      '+420 777 (1+1)',
      '+420 777 123 ',
    ],
  ]
  expect(cells(hostile)).toEqual(hostile.map((each) => `'${each}`))
})
