/** What a person can do about what we keep: see it, end it, erase it, clear the chat (S03, S15, S19). */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import { planRemovals } from '../conversation/removals.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import { count } from '../store/counters.js'
import type { FileStore } from '../store/files.js'
import type { Store, Tx } from '../store/store.js'
import { withdrawConsent } from './consent.js'
import { writeMyData } from './my-data.js'

const nothing = z.object({})

export type PrivacyHouse = { store: Pick<Store, 'vault' | 'signals'>; files: FileStore; words: Words }

export function privacyActions({ store, files, words }: PrivacyHouse) {
  /** Everything of the person but the row, the address and the key to say goodbye with. The old key is gone with the commit. */
  const eraseAll = async (tx: Tx, turn: Turn): Promise<void> => {
    const { personId } = turn.loaded
    const address = turn.drawer
    const owned = await tx.file.findMany({ where: { personId }, select: { id: true } })
    const addresses = await tx.address.findMany({ where: { personId } })
    const texts = new Map(addresses.map(({ id, sealed }) => [id, address.openText('address.sealed', sealed)]))
    const removals = await tx.removal.findMany({ where: { addressId: { in: [...texts.keys()] } } })

    const wrappedKey = store.vault.newKey(personId)
    const fresh = store.vault.drawer(personId, wrappedKey)
    for (const removal of removals) {
      const channelKey = fresh.seal('message.channel_key', address.open('message.channel_key', removal.channelKey))
      await tx.removal.update({ where: { id: removal.id }, data: { channelKey } })
    }
    for (const [id, text] of texts)
      await tx.address.update({ where: { id }, data: { sealed: fresh.seal('address.sealed', text) } })

    const conversations = { conversation: { personId } }
    await tx.message.deleteMany({ where: conversations })
    await tx.timer.deleteMany({ where: conversations })
    await tx.case.deleteMany({ where: { personId } })
    await tx.draft.deleteMany({ where: { personId } })
    await tx.consent.deleteMany({ where: { personId } })
    await tx.file.deleteMany({ where: { personId } })
    await tx.conversation.updateMany({
      where: { personId, id: { not: turn.loaded.conversationId } },
      data: { state: null, owner: 'bot', caseId: null, flow: null, version: null },
    })
    await tx.person.update({ where: { id: personId }, data: { wrappedKey } })
    turn.forget()
    turn.rekey(fresh)
    for (const key of Object.keys(turn.consents)) delete turn.consents[key]
    // One that cannot be taken away now (sealed with a key that is gone) is found by the nightly look for what nobody owns.
    turn.afterwards.push(() => void Promise.allSettled(owned.map(({ id }) => files.remove(id))))
  }

  const erase = defineAction({
    name: 'people.erase',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn, now }) {
      const language = turn.language
      const { caseId } = turn
      await planRemovals(tx, turn)
      await eraseAll(tx, turn)
      await count(tx, now, 'erased', null)
      // The last words are kept until they are sent; then the row that is left has nothing to say about anybody.
      turn.sayText(words.say(language, 'privacy:erased'))
      if (caseId) turn.afterwards.push(() => store.signals.emit('case', caseId))
      return {}
    },
  })

  const panic = defineAction({
    name: 'people.panic',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const language = turn.language
      await planRemovals(tx, turn)
      await tx.message.updateMany({
        where: { conversationId: turn.loaded.conversationId, direction: 'out', state: { in: ['due', 'sending'] } },
        data: { state: 'dropped', body: null },
      })
      await tx.timer.deleteMany({ where: { conversationId: turn.loaded.conversationId } })
      await tx.conversation.update({ where: { id: turn.loaded.conversationId }, data: { clearedAt: turn.now } })
      const { caseId, owner } = turn
      const { language: kept, country, city } = turn.person
      turn.forget()
      turn.person = { language: kept, country, city }
      if (caseId) {
        turn.caseId = caseId
        turn.owner = owner
        turn.tell('cleared')
        turn.afterwards.push(() => store.signals.emit('case', caseId))
      }
      turn.sayText(words.say(language, 'privacy:cleared'))
      turn.quiet = true
      return {}
    },
  })

  const stop = defineAction({
    name: 'people.stop',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn, now }) {
      const { caseId } = turn
      await withdrawConsent(tx, turn)
      if (caseId) {
        await tx.case.updateMany({
          where: { id: caseId, state: { not: 'closed' } },
          data: { state: 'closed', outcome: 'withdrawn', closedAt: now, waitingSince: null },
        })
        turn.afterwards.push(() => store.signals.emit('case', caseId))
      }
      turn.owner = 'bot'
      turn.caseId = null
      return {}
    },
  })

  const mydata = defineAction({
    name: 'people.mydata',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const { name, content } = await writeMyData(tx, turn, words)
      const id = turn.keepOwnFile({ kind: 'document', mime: 'text/html', name, bytes: content.length })
      await files.write(id, turn.drawer, content)
      turn.sayText(words.say(turn.language, 'privacy:mydata'), { fileId: id })
      return {}
    },
  })

  return [erase, panic, stop, mydata]
}
