/**
 * Who was there on a day of training: codes on the room's screen, check-ins, corrections, the trainer's closing. No pages.
 *
 * The codes: they change every half a minute and are made of the server's clock alone, so that nobody's telephone has to be right.
 */

export const STEP_MS = 30_000
/** Whoever began to scan or type a moment ago must not lose: the current step and two older ones are good. */
export const OLDER_STEPS = 2

/** A keyed hash of its parts, HMAC-SHA256 (`vault.hash`). */
export type Sign = (...parts: string[]) => Uint8Array

export const stepAt = (now: Date): number => Math.floor(now.getTime() / STEP_MS)

/** How long the code on the screen stays, in ms: more than zero, at most a whole step. */
export const stepLeft = (now: Date): number => STEP_MS - (now.getTime() % STEP_MS)

export const isGood = (step: number, now: Date): boolean => step <= stepAt(now) && step >= stepAt(now) - OLDER_STEPS

/** Each is signed for its own end: a code tells nothing of the token. */
const mark = (sign: Sign, what: string, session: string, step: number) =>
  Buffer.from(sign(`checkin-${what}`, session, String(step)))

const CODE_DIGITS = 6

/** The six digits of that step. */
export const codeOf = (sign: Sign, session: string, step: number): string =>
  String(mark(sign, 'code', session, step).readUIntBE(0, 6) % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0')

/** Whether these digits are good now. */
export function fitsCode(sign: Sign, session: string, code: string, now: Date): boolean {
  const newest = stepAt(now)
  return Array.from({ length: OLDER_STEPS + 1 }, (_, back) => codeOf(sign, session, newest - back)).includes(code)
}

/** A session's id in 22 characters instead of 36. */
const shortId = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')

function longId(short: string): string {
  const hex = Buffer.from(short, 'base64url').toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const SIGN_LENGTH = 16
const tokenSign = (sign: Sign, session: string, step: number) =>
  mark(sign, 'token', session, step).toString('base64url').slice(0, SIGN_LENGTH)

/** What the QR carries: at most 64 characters of A–Z, a–z, 0–9, _ and -, which is all that Telegram lets a link begin with. */
export const tokenOf = (sign: Sign, session: string, step: number): string =>
  `c1_${shortId(session)}_${step}_${tokenSign(sign, session, step)}`

const TOKEN = /^c1_([\w-]{22})_(\d{1,10})_([\w-]{16})$/

/** What a token of ours says; `undefined` for one that is not ours. Whether it is still good, `isGood` says. */
export function readToken(sign: Sign, token: string): { session: string; step: number } | undefined {
  const [, short = '', digits = '', given = ''] = TOKEN.exec(token.trim()) ?? []
  if (!given) return undefined
  const read = { session: longId(short), step: Number(digits) }
  return tokenOf(sign, read.session, read.step) === token.trim() ? read : undefined
}

/** Whether somebody came by a link of the screen, rather than by typing. */
export const looksLikeToken = (said: string): boolean => said.trim().startsWith('c1_')

/** Six digits as people type them: "123 456", "12-34-56". */
export function readCode(said: string): string | undefined {
  const digits = said.normalize('NFKC').replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}
