/**
 * One-time codes for clients: a link, a QR, or eight letters that are typed. Random, kept as a keyed hash, tied to the worker and the
 * month; each takes one answer, and nothing says who gave it, or when.
 */
import { newCode, tidyCode } from '../../desk/pairing.js'
import type { Store, Tx } from '../../store/store.js'

/** A link is opened the same evening, a slip of paper some days later. */
export const FEEDBACK_DAYS = 14

/** So many may wait for an answer: more would be a heap in which a guess hits. */
export const OPEN_MAX = 60

/** On one sheet. */
export const SHEET = 10

const DAY_MS = 24 * 3_600_000

type Keys = Pick<Store, 'vault'>

const hashOf = ({ vault }: Keys, code: string) => new Uint8Array(vault.hash('feedback', tidyCode(code)))

/** Of the worker who makes them: their group, and the month in which they live. */
export type Whose = { personId: string; groupId: string; period: string }

/** `undefined` when too many wait already. Returns as many codes as were wanted. */
export async function issue(
  store: Keys,
  tx: Tx,
  whose: Whose,
  { count, now }: { count: number; now: Date },
): Promise<string[] | undefined> {
  const open = { personId: whose.personId, used: false, expiresAt: { gt: now } }
  if ((await tx.feedbackToken.count({ where: open })) + count > OPEN_MAX) return undefined
  const codes = Array.from({ length: count }, newCode)
  const expiresAt = new Date(now.getTime() + FEEDBACK_DAYS * DAY_MS)
  await tx.feedbackToken.createMany({
    data: codes.map((code) => ({ codeHash: hashOf(store, code), ...whose, expiresAt })),
  })
  return codes
}

/** The picture or sheet that they stand on goes when the last of them does. */
export async function standOn(store: Keys, tx: Tx, codes: readonly string[], fileId: string): Promise<void> {
  const codeHash = { in: codes.map((code) => hashOf(store, code)) }
  await tx.feedbackToken.updateMany({ where: { codeHash }, data: { fileId } })
}

export type Refused = 'unknown' | 'used' | 'late'
export type Found = Whose & { codeHash: Uint8Array<ArrayBuffer> }

/** What a code is good for now; using it is another matter. */
export async function look(store: Keys, tx: Pick<Tx, 'feedbackToken'>, code: string, now: Date) {
  const found = await tx.feedbackToken.findUnique({ where: { codeHash: hashOf(store, code) } })
  if (!found) return 'unknown'
  if (found.used) return 'used'
  return found.expiresAt > now ? found : 'late'
}

/** Uses a code, once: of many who try at the same moment one succeeds. */
export async function use(store: Keys, tx: Tx, code: string, now: Date): Promise<Found | Refused> {
  const codeHash = hashOf(store, code)
  const { count } = await tx.feedbackToken.updateMany({
    where: { codeHash, used: false, expiresAt: { gt: now } },
    data: { used: true },
  })
  if (count > 0) return tx.feedbackToken.findUniqueOrThrow({ where: { codeHash } })
  const found = await look(store, tx, code, now)
  // Somebody was first, and it is theirs
  return typeof found === 'string' ? found : 'used'
}

/** A line may be added once, by whoever has the code that was used. */
export async function useForLine(store: Keys, tx: Tx, code: string, now: Date): Promise<Whose | undefined> {
  const codeHash = hashOf(store, code)
  const { count } = await tx.feedbackToken.updateMany({
    where: { codeHash, used: true, worded: false, expiresAt: { gt: now } },
    data: { worded: true },
  })
  return count > 0 ? tx.feedbackToken.findUniqueOrThrow({ where: { codeHash } }) : undefined
}
