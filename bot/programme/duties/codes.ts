/**
 * The code on a certificate. It is made of the certificate's number and the house's own key, so that it is nowhere kept: the database
 * holds its keyed hash alone, and the same paper can be printed again.
 */
import { LETTERS, tidyCode } from '../../desk/pairing.js'
import type { Vault } from '../../store/vault.js'

/** 57 bits: it lies about on paper for years, and nobody guesses it. */
export const CODE_LENGTH = 12

/** Of the hash: many more bits than the letters need, so that no code is likelier than another. */
const BYTES = 12

export function codeOf({ hash }: Pick<Vault, 'hash'>, id: string): string {
  let number = BigInt(`0x${Buffer.from(hash('certificate', id)).subarray(0, BYTES).toString('hex')}`)
  const base = BigInt(LETTERS.length)
  let code = ''
  for (let place = 0; place < CODE_LENGTH; place++) {
    code += LETTERS[Number(number % base)]
    number /= base
  }
  return code
}

export const hashOfCode = ({ hash }: Pick<Vault, 'hash'>, code: string) =>
  new Uint8Array(hash('certificate-code', tidyCode(code)))

/** As people read it: `ABCD-1234-EFGH`. */
export const spelled = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code

/** Where anybody checks it; the code is nobody's name. */
export const checkLink = (publicUrl: string, code: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/certificate?code=${spelled(code)}`
