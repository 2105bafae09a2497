/** Choosing the word that clears the chat (S19). Neither the word nor a refused one is kept, and the message with it leaves the phone. */
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../config.js'
import { defineAction, Refusal } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import { NEUTRAL_WORD_MAX, NEUTRAL_WORD_MIN, neutralWordHash } from '../conversation/neutral-word.js'
import { planRemovalOfHeard } from '../conversation/removals.js'
import { isUrgentEvent } from '../desk/danger-guard.js'
import { alarmingWords } from '../text/alarm-words.js'
import { isCry } from '../text/cries.js'
import { LANGUAGES } from '../text/languages.js'
import { type ReservedWords, reservedWords } from '../text/reserved-words.js'
import { soundKey } from '../text/scripts.js'

/** One word, as people write one: letters, with an apostrophe or a hyphen inside. */
const WORD = /^\p{L}[\p{L}\p{M}'’ʻʼ‘-]*$/u

const lettersOf = (word: string): number => word.match(/\p{L}/gu)?.length ?? 0

/** One word of so many letters. */
const isFit = (word: string): boolean => {
  const letters = lettersOf(word)
  // What sounds like next to nothing would be heard in other words
  return WORD.test(word) && letters >= NEUTRAL_WORD_MIN && letters <= NEUTRAL_WORD_MAX && soundKey(word).length > 1
}

/** Never a word by which somebody says that they are in danger. */
const isAlarming = (word: string): boolean =>
  isCry(word) ||
  isUrgentEvent({ kind: 'text', text: word }) ||
  LANGUAGES.some((each) => alarmingWords(word, each).length > 0)

let reserved: ReservedWords | undefined

/** Why a word cannot be taken; undefined when it can. `commands` are those that flows begin with. */
export function whyNot(word: string, commands: Iterable<string>): 'unfit' | 'taken' | undefined {
  if (!isFit(word)) return 'unfit'
  reserved ??= reservedWords(join(ROOT, 'locales'))
  const isCommand = [...commands].some((each) => soundKey(each) === soundKey(word))
  return isCommand || reserved(word) || isAlarming(word) ? 'taken' : undefined
}

export function neutralWordActions({ inside }: { inside: Pick<InsideHouse, 'store' | 'mind'> }) {
  const choose = defineAction({
    name: 'people.neutralWord',
    input: z.object({ word: z.string() }),
    output: z.object({}),
    async run({ word }, { tx, turn }) {
      turn.unhear()
      await planRemovalOfHeard(tx, turn)
      const typed = word.trim()
      const reason = whyNot(typed, inside.mind.library.commands.keys())
      if (reason) throw new Refusal(reason)
      const { personId } = turn.loaded
      const neutralWord = neutralWordHash(inside.store.vault, personId, typed)
      await tx.person.update({ where: { id: personId }, data: { neutralWord } })
      return {}
    },
  })

  const forget = defineAction({
    name: 'people.noNeutralWord',
    input: z.object({}),
    output: z.object({}),
    async run(_, { tx, turn }) {
      await tx.person.update({ where: { id: turn.loaded.personId }, data: { neutralWord: null } })
      return {}
    },
  })

  return [choose, forget]
}
