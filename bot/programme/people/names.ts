/** What colleagues call a worker: sealed with the person's own key, so that it goes with it. */
import type { Vault } from '../../store/vault.js'

const PLACE = 'enrolment.name'

type Owner = { id: string; wrappedKey: Uint8Array | null }

export const sealName = (vault: Vault, { id, wrappedKey }: Owner & { wrappedKey: Uint8Array }, name: string) =>
  vault.drawer(id, wrappedKey).seal(PLACE, name)

/** `undefined` for somebody who was erased. */
export const openName = (vault: Vault, { id, wrappedKey }: Owner, sealed: Uint8Array): string | undefined =>
  wrappedKey ? vault.drawer(id, wrappedKey).openText(PLACE, sealed) : undefined

/** As two lists of people write it: capitals, spaces and how an accent is stored do not matter. */
export const plainName = (name: string): string =>
  name.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('cs')

export const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other)
