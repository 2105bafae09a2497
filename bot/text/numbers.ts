/** Numbers as people type them: "1 200", "3,5", "٣٠", "двадцать пять", "5 тыс", "45 min". */
import type { Language } from './languages.js'
import { NEGATIONS } from './negations.js'
import { type Lexicon, type NumberWord, numberLexicon } from './number-words.js'
import { looseKey, normalise } from './scripts.js'

/** `rest` is what else was written, when it may change the meaning ("min", "примерно", "%"): confirm, do not assume. */
export type ReadNumber = { number: number; rest?: string }

/** Beyond this it is a sentence with a number in it, not an answer. */
const REST_WORDS_MAX = 4

const MINUS = /(^|\s)(?:minus|минус|мінус)\s+(?=\S)/gu

/**
 * The one number in a text; `undefined` when there is none, more than one ("2 или 3", "10-15", "12:30"), or when it cannot be told
 * ("0x10"). "1.200" and "1,200" are read as the language writes thousands and decimals. Never 0 unless zero was written.
 */
export function readNumber(text: string, language: Language): ReadNumber | undefined {
  if (text.length > 200) return undefined
  const plain = normalise(text.replace(/[№#]/g, ' ')).replace(MINUS, '$1-')
  const lexicon = numberLexicon(language)
  const found = /\d/.test(plain) ? inDigits(plain, language, lexicon) : inWords(plain, lexicon)
  if (!found) return undefined
  const rest = found.rest.replace(/^[\s.,;:!?()"'«»*_+-]+|[\s.,;:!?()"'«»*_-]+$/g, '').replace(/\s+/g, ' ')
  const words = rest.split(/[^\p{L}']+/u).filter(Boolean)
  if (words.length > REST_WORDS_MAX || words.some((word) => NEGATIONS.has(looseKey(word)) || lexicon.word(word)))
    return undefined
  if (Math.abs(found.number) > Number.MAX_SAFE_INTEGER) return undefined
  return rest ? { number: found.number, rest } : { number: found.number }
}

type Found = { number: number; rest: string }

function inDigits(plain: string, language: Language, lexicon: Lexicon): Found | undefined {
  const runs = [...plain.matchAll(/\d(?:[\d.,' ]*\d)?/g)]
  const [run] = runs
  if (!run || runs.length > 1) return undefined
  const before = plain.slice(0, run.index)
  const after = plain.slice(run.index + run[0].length)
  // "covid19", "3/4", ".5"
  if (/[\p{L}.,:/\\^]$/u.test(before)) return undefined
  const amount = amountOf(run[0], language)
  if (amount === undefined) return undefined
  const negative = /(^|\s)-$/.test(before)
  // "5-ти", "5-я": the ending belongs to the number
  const tail = after.replace(/^-\p{L}{1,2}(?!\p{L})/u, '')
  const [word = ''] = /^\s?\p{L}+/u.exec(tail) ?? []
  const [scale] = lexicon.word(word) ?? []
  const scaled = scale?.kind === 'times' && scale.value >= 1000
  const number = scaled ? Number((amount * scale.value).toFixed(6)) : amount
  const rest = `${negative ? before.slice(0, -1) : before} ${scaled ? tail.slice(word.length) : tail}`
  return { number: negative && number !== 0 ? -number : number, rest }
}

/** The value of digits and their separators. In English the comma separates thousands, in our other languages the decimals. */
function amountOf(digits: string, language: Language): number | undefined {
  const thousands = language === 'en' ? ',' : '.'
  if (/^\d+$/.test(digits)) return Number(digits)
  // 1 200 · 1'200,50
  if (/^[1-9]\d{0,2}([ '])\d{3}(?:\1\d{3})*(?:[.,]\d+)?$/.test(digits))
    return Number(digits.replace(/[ ']/g, '').replace(',', '.'))
  // 1.200.000 · 1.200,50 · 1,200.50: two separators leave no doubt
  if (/^[1-9]\d{0,2}(?:\.\d{3})+,\d+$|^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(digits))
    return Number(digits.replaceAll('.', '').replace(',', '.'))
  if (/^[1-9]\d{0,2}(?:,\d{3})+\.\d+$|^[1-9]\d{0,2}(?:,\d{3}){2,}$/.test(digits))
    return Number(digits.replaceAll(',', ''))
  // 1.200 or 1,200: thousands when it is the language's own sign for them
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) && digits.includes(thousands)) return Number(digits.replace(/[.,]/, ''))
  if (/^\d+[.,]\d+$/.test(digits)) return Number(digits.replace(',', '.'))
  return undefined
}

function inWords(plain: string, lexicon: Lexicon): Found | undefined {
  const words = plain.replace(/(?<=\p{L})-(?=\p{L})/gu, ' ').split(' ')
  const start = words.findIndex((word) => lexicon.word(letters(word)))
  if (start < 0) return undefined
  const said: NumberWord[] = []
  let end = start
  for (; end < words.length; end++) {
    const word = letters(words[end] ?? '')
    const parts = lexicon.word(word)
    if (parts) said.push(...parts)
    else if (!lexicon.isLink(word) || !lexicon.word(letters(words[end + 1] ?? ''))) break
  }
  const number = sum(said)
  if (number === undefined) return undefined
  // "a hundred"
  const first = start > 0 && lexicon.isLink(words[start - 1] ?? '') ? start - 1 : start
  const negative = words[start]?.startsWith('-') && number !== 0
  return { number: negative ? -number : number, rest: [...words.slice(0, first), ...words.slice(end)].join(' ') }
}

const letters = (word: string) => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** "two hundred", "бисту панҷ", "бир миң эки жүз"; `undefined` for words that make no number together ("два три"). */
function sum(words: NumberWord[]): number | undefined {
  let total = 0
  let section: number | undefined
  let room = Number.POSITIVE_INFINITY
  let scale = Number.POSITIVE_INFINITY
  for (const { kind, value, room: left } of words) {
    if (kind === 'add') {
      if (value >= room || (value === 0 && words.length > 1)) return undefined
      section = (section ?? 0) + value
      room = left
    } else if (value === 100) {
      if (section !== undefined && section > 9) return undefined
      section = (section ?? 1) * 100
      room = 100
    } else {
      if (value >= scale) return undefined
      total += (section ?? 1) * value
      section = undefined
      room = Number.POSITIVE_INFINITY
      scale = value
    }
  }
  return total + (section ?? 0)
}
