/** Where the cities are, and how far apart. */
import { CITIES, type City } from '../../text/cities.js'

/** Degrees north and east, from GeoNames (geonames.org, CC BY 4.0), rounded to about a kilometre. */
const PLACES: Record<string, { lat: number; lon: number }> = {
  moscow: { lat: 55.752, lon: 37.618 },
  almaty: { lat: 43.252, lon: 76.912 },
  astana: { lat: 51.18, lon: 71.446 },
  shymkent: { lat: 42.31, lon: 69.6 },
  aktobe: { lat: 50.28, lon: 57.207 },
  karaganda: { lat: 49.802, lon: 73.102 },
  petropavlovsk: { lat: 54.873, lon: 69.151 },
  esik: { lat: 43.355, lon: 77.452 },
  dushanbe: { lat: 38.536, lon: 68.779 },
  prague: { lat: 50.088, lon: 14.421 },
  brno: { lat: 49.195, lon: 16.608 },
  'karlovy-vary': { lat: 50.233, lon: 12.871 },
  'usti-nad-labem': { lat: 50.661, lon: 14.032 },
  ostrava: { lat: 49.835, lon: 18.282 },
}

const EARTH_RADIUS_KM = 6371

/** By id or by name: persons and cases carry the name, flows the id. */
export function findCity(said: string | null | undefined): City | undefined {
  const wanted = said?.trim().toLowerCase()
  return wanted ? CITIES.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted) : undefined
}

/** Also for places that are not in the list, which a centre may be in all the same. */
export const samePlace = (one: string | null | undefined, other: string | null | undefined): boolean =>
  nameOf(one) !== undefined && nameOf(one) === nameOf(other)

const nameOf = (said: string | null | undefined) => findCity(said)?.id ?? (said?.trim().toLowerCase() || undefined)

/** As the crow flies, in whole kilometres; `undefined` when the place of either is not known. */
export function distanceKm(from: City | undefined, to: City | undefined): number | undefined {
  const here = PLACES[from?.id ?? '']
  const there = PLACES[to?.id ?? '']
  if (!here || !there) return undefined
  const halfLat = Math.sin(radians(there.lat - here.lat) / 2) ** 2
  const halfLon = Math.sin(radians(there.lon - here.lon) / 2) ** 2
  const half = halfLat + Math.cos(radians(here.lat)) * Math.cos(radians(there.lat)) * halfLon
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half)))
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
