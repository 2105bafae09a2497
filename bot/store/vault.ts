/**
 * Encryption of personal data: one data key per person, wrapped by the master key (S18, S27).
 * A sealed value is `version (1) · key id (4) · nonce (12) · ciphertext · tag (16)`, AES-256-GCM, with its place as associated data,
 * so that a value copied to another row or another person opens nothing.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_BYTES = 4
const HEADER_BYTES = 1 + KEY_ID_BYTES

/** Thrown when a value does not open: another key, another place, or changed bytes. */
export class SealError extends Error {
  readonly code = 'SEAL_BROKEN'
}

type Bytes = Uint8Array<ArrayBuffer>

const keyId = (key: Uint8Array) =>
  createHash('sha256').update('rahnamo key id').update(key).digest().subarray(0, KEY_ID_BYTES)

function seal(key: Uint8Array, id: Uint8Array, place: string, plain: Uint8Array): Bytes {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const body = cipher.update(plain)
  cipher.final()
  const sealed = new Uint8Array(HEADER_BYTES + NONCE_BYTES + body.length + TAG_BYTES)
  sealed[0] = VERSION
  sealed.set(id, 1)
  sealed.set(nonce, HEADER_BYTES)
  sealed.set(body, HEADER_BYTES + NONCE_BYTES)
  sealed.set(cipher.getAuthTag(), sealed.length - TAG_BYTES)
  return sealed
}

function open(key: Uint8Array, id: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new SealError()
  if (!Buffer.from(id).equals(sealed.subarray(1, HEADER_BYTES))) throw new SealError()
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  try {
    const plain = decipher.update(sealed.subarray(HEADER_BYTES + NONCE_BYTES, sealed.length - TAG_BYTES))
    return Buffer.concat([plain, decipher.final()])
  } catch (cause) {
    throw new SealError('The value was changed, moved, or sealed with another key.', { cause })
  }
}

/** One person's drawer: seals and opens what belongs to that person. `place` names table and column. */
export type Drawer = {
  seal(place: string, plain: string | Uint8Array): Bytes
  sealJson(place: string, value: unknown): Bytes
  open(place: string, sealed: Uint8Array): Buffer
  openText(place: string, sealed: Uint8Array): string
  /** The value as it was given to `sealJson`; its shape is the caller's word. */
  openJson<T>(place: string, sealed: Uint8Array): T
}

export type Vault = {
  /** A fresh data key for this person, wrapped: what the column `person.wrapped_key` holds. */
  newKey(personId: string): Bytes
  drawer(personId: string, wrappedKey: Uint8Array): Drawer
  /** For what belongs to the house itself, such as the ids of staff's groups. */
  readonly house: Drawer
  /** Finds without telling: a keyed hash of `parts`. */
  hash(...parts: string[]): Bytes
}

/** The house's own keys: one finds by hash, one seals what belongs to nobody. They outlive a change of the master key. */
export const RING = ['hashing', 'house'] as const
export type Ring = Record<(typeof RING)[number], Buffer>
export const newRing = (): Ring => ({ hashing: randomBytes(32), house: randomBytes(32) })

/** Before the house kept keys of its own, they were made of the master key. */
export const ringOf = (master: Uint8Array): Ring => ({
  hashing: Buffer.from(hkdfSync('sha256', master, '', 'rahnamo hash', 32)),
  house: Buffer.from(hkdfSync('sha256', master, '', 'rahnamo house', 32)),
})

/** What the master key does, and nothing else: it wraps other keys. `owner` is `person/<id>` or `house/<name>`. */
export function createWrapper(master: Uint8Array) {
  const wrapping = Buffer.from(hkdfSync('sha256', master, '', 'rahnamo wrap', 32))
  const id = keyId(wrapping)
  return {
    wrap: (owner: string, key: Uint8Array) => seal(wrapping, id, owner, key),
    /** Throws SealError under another master key. */
    unwrap: (owner: string, wrapped: Uint8Array) => open(wrapping, id, owner, wrapped),
  }
}

/** How many persons' drawers stay open in memory. */
const OPEN_DRAWERS = 10_000

export function createVault(master: Uint8Array, ring: Ring = ringOf(master)): Vault {
  const wrapper = createWrapper(master)
  const drawers = new Map<string, { wrapped: Buffer; drawer: Drawer }>()

  const makeDrawer = (personId: string, key: Buffer): Drawer => {
    const id = keyId(key)
    const at = (place: string) => `${personId}/${place}`
    const openIt = (place: string, sealed: Uint8Array) => open(key, id, at(place), sealed)
    const sealIt = (place: string, plain: string | Uint8Array) =>
      seal(key, id, at(place), typeof plain === 'string' ? Buffer.from(plain) : plain)
    return {
      seal: sealIt,
      sealJson: (place, value) => sealIt(place, JSON.stringify(value)),
      open: openIt,
      openText: (place, sealed) => openIt(place, sealed).toString('utf8'),
      openJson: (place, sealed) => JSON.parse(openIt(place, sealed).toString('utf8')),
    }
  }

  return {
    house: makeDrawer('house', ring.house),
    newKey: (personId) => wrapper.wrap(`person/${personId}`, randomBytes(32)),
    drawer(personId, wrappedKey) {
      const known = drawers.get(personId)
      if (known?.wrapped.equals(wrappedKey)) return known.drawer
      const drawer = makeDrawer(personId, wrapper.unwrap(`person/${personId}`, wrappedKey))
      if (drawers.size >= OPEN_DRAWERS) drawers.delete(drawers.keys().next().value ?? '')
      drawers.set(personId, { wrapped: Buffer.from(wrappedKey), drawer })
      return drawer
    },
    hash(...parts) {
      const mac = createHmac('sha256', ring.hashing)
      // The length before each part: ("ab","c") and ("a","bc") must differ.
      for (const part of parts) mac.update(`${part.length}:${part}`)
      return new Uint8Array(mac.digest())
    },
  }
}
