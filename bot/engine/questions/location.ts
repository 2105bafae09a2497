import { z } from 'zod'
import { defineQuestion, invalid, valid } from './question.js'

/** Degrees with 2 decimals are about a kilometre: near enough for the nearest centre, too far for a door (S10). */
const KEPT_DECIMALS = 2

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
  Number.isFinite(value) && Math.abs(value) <= most
    ? Math.round(value * 10 ** KEPT_DECIMALS) / 10 ** KEPT_DECIMALS
    : undefined
