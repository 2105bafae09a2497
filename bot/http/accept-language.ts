/**
 * What both web pages, the chat and the desk, need to speak to a browser; no page of its own, and nothing of conversations or cases.
 *
 * `Accept-Language` lists what a person reads, best first as every browser writes it.
 */
import type { Language } from '../text/languages.js'

/** The first of `spoken` that the browser asks for. */
export function askedLanguage<Spoken extends Language>(header = '', spoken: readonly Spoken[]): Spoken | undefined {
  const asked = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return asked.flatMap((tag) => spoken.find((language) => language === tag) ?? [])[0]
}
