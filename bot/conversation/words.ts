import { carriedKey, carriedText } from '../engine/carried.js'
import type { Library } from '../engine/library.js'
import type { Values } from '../engine/types.js'
import type { Language } from '../text/languages.js'
import { type Texts, tonguesFor } from '../text/texts.js'

/** The part of the texts that a conversation needs. */
export type Words = {
  say(language: Language, key: string, values?: Values): string
  /** A day (YYYY-MM-DD) as people of this language write it. */
  date(language: Language, day: string): string
  find(language: Language, key: string, values?: Values): string | undefined
}

/** The same texts, and those that flows bring along. */
export function withCarried(texts: Texts, library: () => Pick<Library, 'version'> | undefined): Texts {
  const find: Texts['find'] = (language, key, values) => {
    const carried = carriedKey(key)
    if (!carried) return texts.find(language, key, values)
    const flow = library()?.version(carried.flow, carried.version)
    for (const tongue of tonguesFor(language)) {
      const text = carriedText(flow, tongue, carried.name)
      if (text !== undefined) return texts.fill(tongue, key, text, values)
    }
    return texts.find(language, carried.plain, values)
  }
  return {
    ...texts,
    find,
    say: (language, key, values) =>
      find(language, key, values) ?? texts.say(language, carriedKey(key)?.plain ?? key, values),
  }
}
