/** Phone numbers as people write them. */
import { type CountryCode, findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js'
import { foldDigits } from './scripts.js'

/** Longer texts are stories; a number in them was not given as an answer. */
const TEXT_MAX = 200

/**
 * The one valid phone number in a text, as E.164 ("+79161234567"). `country` (ISO 3166-1) is where a number without country code is
 * dialled; "8 (916) …" is understood for Russia and Kazakhstan even without it. `undefined` when there is none, or more than one.
 */
export function readPhone(text: string, country?: string): string | undefined {
  if (text.length > TEXT_MAX) return undefined
  const plain = foldDigits(text.normalize('NFKC'))
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[‐-―−]/g, '-')
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined
  return only(plain, home) ?? only(withPlus(plain), home)
}

/** A code dialled without its plus ("992 93 …", "7 916 …"), or Russia's and Kazakhstan's common trunk prefix. */
function withPlus(text: string): string {
  const start = /\d/.exec(text)?.index ?? 0
  const digits = text.replace(/\D/g, '')
  const number = /^8\d{10}$/.test(digits)
    ? text.slice(start).replace('8', '+7')
    : text.slice(start).replace(/^(?:00)?/, '+')
  return `${text.slice(0, start).replace(/[+(]\s*$/, '')}${number}`
}

function only(text: string, country: CountryCode | undefined): string | undefined {
  const found = findPhoneNumbersInText(text, country ? { defaultCountry: country } : {})
  const numbers = new Set(found.filter(({ number }) => number.isValid()).map(({ number }) => String(number.number)))
  const [number] = numbers
  return numbers.size === 1 ? number : undefined
}
