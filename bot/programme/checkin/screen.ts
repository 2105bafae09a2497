/** What the screen in the room shows. Its link is signed for eight hours; whoever has it sees a code and two numbers, and no name. */
import type { InsideHouse } from '../../conversation/inside.js'
import { codeOf, type Sign, stepAt, stepLeft, tokenOf } from './codes.js'
import { daysWhere, type TrainingDay } from './days.js'
import { countAt, rosterOf } from './roster.js'
import { type PointId, pointsOf, verdictAt } from './windows.js'

export const SCREEN_MS = 8 * 3_600_000

const signature = (sign: Sign, session: string, until: string): string =>
  Buffer.from(sign('checkin-screen', session, until))
    .toString('base64url')
    .slice(0, 32)

export function screenLink(sign: Sign, session: string, now: Date): string {
  const until = Math.floor((now.getTime() + SCREEN_MS) / 1000).toString(36)
  return `${session}.${until}.${signature(sign, session, until)}`
}

const LINK = /^([0-9a-f-]{36})\.([0-9a-z]{1,9})\.([\w-]{32})$/

/** The session of a link that is ours; `over` when its time has passed. */
export function readScreenLink(sign: Sign, link: string, now: Date): { session: string; over: boolean } | undefined {
  const [, session = '', until = '', given = ''] = LINK.exec(link) ?? []
  if (!given || given !== signature(sign, session, until)) return undefined
  return { session, over: Number.parseInt(until, 36) * 1000 <= now.getTime() }
}

export type Screen = {
  day: TrainingDay
  point: PointId
  /** Shut before the first window opens. */
  opensAt: Date | undefined
  code: string
  /** What the QR carries: a link into the chat, where a messenger has such links. */
  link: string | undefined
  leftMs: number
  here: number
  of: number
}

export async function screenOf(house: InsideHouse, session: string): Promise<Screen | undefined> {
  const { store } = house
  const now = house.clock()
  const [day] = await daysWhere(store.db, { id: session })
  if (!day) return undefined
  const verdict = verdictAt(pointsOf(day), now)
  const { hash } = store.vault
  const step = stepAt(now)
  return {
    day,
    point: verdict.point.id,
    opensAt: verdict.kind === 'early' ? verdict.point.opensAt : undefined,
    code: codeOf(hash, session, step),
    link: house.channel('telegram')?.linkTo?.(tokenOf(hash, session, step)),
    leftMs: stepLeft(now),
    ...countAt(await rosterOf(store, store.db, day), verdict.point.id),
  }
}
