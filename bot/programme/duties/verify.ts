/** Whether a certificate is ours: for anybody who has its code. It never says whose it is; only whether a name that was typed is the one. */
import type { Store } from '../../store/store.js'
import { plainName } from '../people/names.js'
import { rulesOf } from '../rules.js'
import { hashOfCode } from './codes.js'

export type Checked = {
  programme: string
  hours: number
  modules: number
  of: number
  issuedOn: Date
  /** Undefined when no name was typed. */
  named: boolean | undefined
}

/** As somebody types it from paper on a foreign keyboard: "Jiri Stastny" is Jiří Šťastný. */
const folded = (name: string): string =>
  plainName(name)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N} ]/gu, '')

/** Undefined for a code that is on no certificate, or on one whose owner was erased. */
export async function checkCertificate(
  { db, vault }: Pick<Store, 'db' | 'vault'>,
  code: string,
  name: string,
): Promise<Checked | undefined> {
  const row = await db.certificate.findUnique({
    where: { codeHash: hashOfCode(vault, code) },
    include: { person: true, programme: true },
  })
  if (!row?.person.wrappedKey) return undefined
  const owner = vault.drawer(row.personId, row.person.wrappedKey).openText('certificate.name', row.name)
  const { hours, modules, issuedOn } = row
  return {
    ...{ hours, modules, issuedOn },
    programme: row.programme.name,
    of: rulesOf(row.programme).modules,
    named: folded(name) ? folded(name) === folded(owner) : undefined,
  }
}
