/** Forgets a person: everything but the row, the address, and a fresh key to say goodbye with. The old key is gone with the commit. */
import type { Turn } from '../conversation/turn.js'
import type { FileStore } from '../store/files.js'
import type { Tx } from '../store/store.js'
import type { Drawer, Vault } from '../store/vault.js'
import type { EraseList } from './erase-list.js'

/** What an erasure reaches beside the database. */
export type EraseReach = { vault: Vault; files: FileStore; eraseList: EraseList }

export async function eraseAll(turn: Turn, tx: Tx, { vault, files, eraseList }: EraseReach): Promise<void> {
  const { personId, conversationId } = turn.loaded
  const owned = await tx.file.findMany({ where: { personId }, select: { id: true } })
  const wrappedKey = vault.newKey(personId)
  const fresh = vault.drawer(personId, wrappedKey)
  await resealAddresses(tx, personId, turn.drawer, fresh)

  const conversations = { conversation: { personId } }
  await tx.message.deleteMany({ where: conversations })
  await tx.timer.deleteMany({ where: conversations })
  await tx.case.deleteMany({ where: { personId } })
  await tx.draft.deleteMany({ where: { personId } })
  await tx.report.deleteMany({ where: { personId } })
  await tx.reportReminder.deleteMany({ where: { personId } })
  // In the order in which an answer takes them, so that one that comes at this moment is not left behind
  await tx.feedbackToken.deleteMany({ where: { personId } })
  await tx.feedbackMonth.deleteMany({ where: { personId } })
  await tx.certificate.deleteMany({ where: { personId } })
  await tx.complaint.deleteMany({ where: { personId } })
  await tx.block.deleteMany({ where: { personId } })
  await tx.consent.deleteMany({ where: { personId } })
  await tx.file.deleteMany({ where: { personId } })
  // A worker's place in the group is free again; what they reported hangs on it and goes, too.
  await tx.enrolment.deleteMany({ where: { personId } })
  await tx.conversation.updateMany({
    where: { personId, id: { not: conversationId } },
    data: { state: null, owner: 'bot', caseId: null, flow: null, version: null },
  })
  const nothingSaid = { autoClean: null, neutralWord: null, ageBand: null }
  // Whoever was a worker is nobody we know from now on.
  const role = turn.loaded.role === 'worker' ? 'client' : turn.loaded.role
  await tx.person.update({ where: { id: personId }, data: { wrappedKey, role, ...nothingSaid } })
  const erasure = { personId, at: turn.now }
  await tx.erased.createMany({ data: [erasure], skipDuplicates: true })
  // Before the commit: the list may name somebody whose erasure is tried again, but it must not miss one that was promised.
  eraseList.add(erasure)
  turn.forget()
  turn.rekey(fresh)
  for (const kind of Object.keys(turn.consents)) delete turn.consents[kind]
  // One that cannot be taken away now (sealed with a key that is gone) is found by the look for strays (`lifetimes.ts`).
  turn.afterwards.push(() => void Promise.allSettled(owned.map(({ id }) => files.remove(id))))
}

/** Where the person is reached, and what is still to be taken away there, outlives the old key for a while. */
async function resealAddresses(tx: Tx, personId: string, old: Drawer, fresh: Drawer): Promise<void> {
  const addresses = await tx.address.findMany({ where: { personId } })
  for (const { id, sealed } of addresses) {
    const text = old.openText('address.sealed', sealed)
    await tx.address.update({ where: { id }, data: { sealed: fresh.seal('address.sealed', text) } })
  }
  const removals = await tx.removal.findMany({ where: { addressId: { in: addresses.map(({ id }) => id) } } })
  for (const { id, channelKey } of removals) {
    const key = old.open('message.channel_key', channelKey)
    await tx.removal.update({ where: { id }, data: { channelKey: fresh.seal('message.channel_key', key) } })
  }
}
