/** What a person can do about what we keep: see it, end it, erase it, clear the chat (S03, S15, S19). */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import { consentWord } from '../conversation/notice.js'
import { writeOwnFile } from '../conversation/own-file.js'
import { planRemovals } from '../conversation/removals.js'
import type { Words } from '../conversation/words.js'
import { withdrawCase } from '../desk/ending.js'
import { tell } from '../desk/tell.js'
import { count } from '../store/counters.js'
import type { FileStore } from '../store/files.js'
import type { Store, Tx } from '../store/store.js'
import { withdrawConsent } from './consent.js'
import { eraseAll } from './erase.js'
import type { EraseList } from './erase-list.js'
import { writeMyData } from './my-data/my-data.js'
import { codesOf, traceOwnAct } from './own-acts.js'

const nothing = z.object({})

export type PrivacyHouse = {
  store: Pick<Store, 'vault' | 'signals'>
  files: FileStore
  eraseList: EraseList
  words: Words
  inside: InsideHouse
}

/** Those that a consultant is working on. */
const casesAtWork = (tx: Tx, personId: string) =>
  tx.case.findMany({ where: { personId, state: 'claimed' }, select: { code: true, owner: true } })

export function privacyActions({ store, files, eraseList, words, inside }: PrivacyHouse) {
  /** What can be decided here: nothing is offered that this chat cannot do, or for which we would have to keep what was refused. */
  const choices = defineAction({
    name: 'people.privacyChoices',
    input: nothing,
    output: z.array(z.string()),
    async run(_, { turn }) {
      const clearsItself = inside.channel(turn.loaded.channel)?.limits.removableMs !== undefined
      const isKept = consentWord(turn.consents.case) === 'given'
      return [
        'mydata',
        'stop',
        'erase',
        'panic',
        ...(isKept ? ['word'] : []),
        ...(clearsItself ? ['clean'] : []),
        'back',
      ]
    },
  })

  const erase = defineAction({
    name: 'people.erase',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn, now }) {
      const { language, caseId } = turn
      await planRemovals(inside, tx, turn)
      const codes = await codesOf(tx, turn)
      const orphaned = await casesAtWork(tx, turn.loaded.personId)
      await eraseAll(turn, tx, { vault: store.vault, files, eraseList })
      // Their place in the groups goes by itself with the case; at the desk it is not there any more (S16).
      for (const { code, owner } of orphaned) if (owner) await tell(inside, tx, owner, 'tell.erased', { code })
      await count(tx, now, 'erased', null)
      // The last words are kept until they are sent; then the row that is left has nothing to say about anybody.
      turn.sayText(words.say(language, 'privacy:erased'))
      if (caseId) turn.afterwards.push(() => store.signals.emit('case', caseId))
      await traceOwnAct(tx, store.vault, turn, 'client.erase', codes)
      return {}
    },
  })

  const panic = defineAction({
    name: 'people.panic',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const { language, person, caseId, owner } = turn
      const { conversationId } = turn.loaded
      await planRemovals(inside, tx, turn)
      await tx.message.updateMany({
        where: { conversationId, direction: 'out', state: { in: ['due', 'sending'] } },
        data: { state: 'dropped', body: null },
      })
      await tx.timer.deleteMany({ where: { conversationId } })
      await tx.conversation.update({ where: { id: conversationId }, data: { clearedAt: turn.now } })
      turn.forget()
      // Where they are and which language they speak stays: only the chat is cleared.
      turn.person = person
      if (caseId) {
        turn.caseId = caseId
        turn.owner = owner
        turn.tell('cleared')
        turn.afterwards.push(() => store.signals.emit('case', caseId))
      }
      turn.sayText(words.say(language, 'privacy:cleared'))
      turn.quiet = true
      await traceOwnAct(tx, store.vault, turn, 'client.panic')
      return {}
    },
  })

  const stop = defineAction({
    name: 'people.stop',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      await withdrawConsent(tx, turn)
      await withdrawCase(turn, tx, store.signals)
      await traceOwnAct(tx, store.vault, turn, 'client.stop')
      return {}
    },
  })

  const mydata = defineAction({
    name: 'people.mydata',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const { made, beside } = await writeMyData(tx, turn, words, files)
      for (const [nth, each] of made.entries()) {
        const fileId = await writeOwnFile(files, turn, each)
        turn.sayText(nth === 0 ? words.say(turn.language, 'privacy:mydata') : '', { fileId })
      }
      for (const fileId of beside) turn.sayText('', { fileId })
      await traceOwnAct(tx, store.vault, turn, 'client.mydata')
      return {}
    },
  })

  return [choices, erase, panic, stop, mydata]
}
