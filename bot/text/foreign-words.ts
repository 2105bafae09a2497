/** Finds what leaked into a text from another language. */
import type { Language } from './languages.js'

/** Names that are written in Latin letters everywhere. */
const NAMES = new Set(
  'whatsapp telegram viber imo signal slack google facebook instagram youtube apple android iphone windows chrome ruid rahnamo sos qr pdf sms sim jpg jpeg png mp3 mp4 doc docx wifi wi fi email id ok unhcr iom gps pin mb kb gb ios web cookie cookies enter ctrl'.split(
    ' ',
  ),
)

/** Links, mail addresses, commands and placeholders are not words of a language. */
const NOT_WORDS = /\{\{.*?\}\}|https?:\/\/\S+|\S+@\S+\.\S+|(?:[\w-]+\.)+[a-z]{2,}(?:\/\S*)?|\/[a-z][\w-]*/giu
const ROMAN_NUMERAL = /^[IVXLC]+$/

/** English words that neither Uzbek nor Czech has. */
const ENGLISH = /\b(?:the|and|you|your|please|with|are|this|that|from|have|will|what|which|when|where)\b/giu

const LATIN_LANGUAGES: readonly Language[] = ['en', 'uz', 'cs']

/** Words that are not of this language, by script or because only English has them. `allowed` are further names, in lower case. */
export function foreignWords(text: string, language: Language, allowed: ReadonlySet<string>): string[] {
  const bare = text.replace(NOT_WORDS, ' ')
  if (!LATIN_LANGUAGES.includes(language))
    return (bare.match(/\p{Script=Latin}{2,}/gu) ?? []).filter((word) => !isName(word, allowed))
  const cyrillic = bare.match(/\p{Script=Cyrillic}+/gu) ?? []
  const english = language === 'en' ? [] : (bare.match(ENGLISH) ?? [])
  return [...cyrillic, ...english].filter((word) => !isName(word, allowed))
}

const isName = (word: string, allowed: ReadonlySet<string>) =>
  NAMES.has(word.toLowerCase()) || allowed.has(word.toLowerCase()) || ROMAN_NUMERAL.test(word)
