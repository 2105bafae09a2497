/** Degrees with 2 decimals are about a kilometre: near enough for the nearest centre, too far for a door (S10). */
const KEPT_DECIMALS = 2

export const roughDegrees = (degrees: number): number => Math.round(degrees * 10 ** KEPT_DECIMALS) / 10 ** KEPT_DECIMALS
