import { z } from 'zod'
import { formatNumber } from '../../text/formats.js'
import type { Language } from '../../text/languages.js'
import { type ReadNumber, readNumber } from '../../text/numbers.js'
import { defineQuestion, invalid, valid } from './question.js'

/** A whole or decimal number, typed as people write it in any of our languages ("1 200", "3,5", "двадцать"). */
export const number = defineQuestion({
  kind: 'number',
  options: z.strictObject({
    min: z.number().default(0),
    max: z.number(),
    decimals: z.int().min(0).max(6).default(0),
  }),
  texts: ['number.unreadable', 'number.confirm', 'number.range', 'number.whole'],
  shape: () => 'double',
  read(given, { min, max, decimals }, { language }) {
    const read = given.kind === 'text' ? figuresOr(given.text, language) : undefined
    if (read === undefined) return invalid('number.unreadable', { min, max })
    const value = round(read.number, decimals)
    if (value < min || value > max) return invalid('number.range', { min, max })
    if (value !== read.number && decimals === 0) return invalid('number.whole', { min, max })
    // "45 min" is a guess we may offer, never one we may make
    if (read.rest) return { ok: false, retry: 'number.confirm', values: { guess: value }, guess: value }
    return valid(value)
  },
  show: (value, { language }) => formatNumber(language, Number(value)),
})

/** Most people type figures. */
const FIGURES = /^\d{1,9}$/
const figuresOr = (text: string, language: Language): ReadNumber | undefined =>
  FIGURES.test(text) ? { number: Number(text) } : readNumber(text, language)

const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals
