/** The cities of our centres and of the contacts we know; `id` names the text `knowledge:cities.<id>`, `name` is what the data says. */
import type { Country } from './countries.js'

export type City = { id: string; country: Country; name: string }

export const CITIES: readonly City[] = [
  { id: 'moscow', country: 'RU', name: 'Moscow' },
  { id: 'almaty', country: 'KZ', name: 'Almaty' },
  { id: 'astana', country: 'KZ', name: 'Astana' },
  { id: 'shymkent', country: 'KZ', name: 'Shymkent' },
  { id: 'aktobe', country: 'KZ', name: 'Aktobe' },
  { id: 'karaganda', country: 'KZ', name: 'Karaganda' },
  { id: 'petropavlovsk', country: 'KZ', name: 'Petropavlovsk' },
  { id: 'esik', country: 'KZ', name: 'Esik' },
  { id: 'dushanbe', country: 'TJ', name: 'Dushanbe' },
  { id: 'prague', country: 'CZ', name: 'Prague' },
  { id: 'brno', country: 'CZ', name: 'Brno' },
  { id: 'karlovy-vary', country: 'CZ', name: 'Karlovy Vary' },
  { id: 'usti-nad-labem', country: 'CZ', name: 'Ústí nad Labem' },
  { id: 'ostrava', country: 'CZ', name: 'Ostrava' },
]

export const cityById = (id: string): City | undefined => CITIES.find((city) => city.id === id)
