import { z } from 'zod'
import { roughDegrees } from '../../text/rough-place.js'
import { defineQuestion, invalid, valid } from './question.js'

/** A place, shared by the channel's own button; the answer is `{ latitude, longitude }`, roughly. */
export const location = defineQuestion({
  kind: 'location',
  options: z.strictObject({}),
  texts: ['location.unreadable'],
  shape: () => ({ latitude: 'double', longitude: 'double' }),
  request: 'location',
  read(given) {
    if (given.kind !== 'location') return invalid('location.unreadable')
    const latitude = degrees(given.latitude, 90)
    const longitude = degrees(given.longitude, 180)
    return latitude === undefined || longitude === undefined
      ? invalid('location.unreadable')
      : valid({ latitude, longitude })
  },
  show: (_value, { words }) => words('questions:location.shown') ?? '📍',
})

const degrees = (value: number, most: number): number | undefined =>
  Number.isFinite(value) && Math.abs(value) <= most ? roughDegrees(value) : undefined
