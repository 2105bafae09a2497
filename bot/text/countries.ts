/** The countries whose centres Rahnamo serves (ISO 3166-1 alpha-2). */
export const COUNTRIES = ['RU', 'KZ', 'TJ', 'CZ'] as const
export type Country = (typeof COUNTRIES)[number]

/** The time zone of each country's centres (Kazakhstan has had one zone since 2024-03-01). */
export const COUNTRY_TIME_ZONES: Record<Country, string> = {
  RU: 'Europe/Moscow',
  KZ: 'Asia/Almaty',
  TJ: 'Asia/Dushanbe',
  CZ: 'Europe/Prague',
}

export const isCountry = (value: unknown): value is Country =>
  typeof value === 'string' && (COUNTRIES as readonly string[]).includes(value)
