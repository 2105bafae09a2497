/** What stands on a certificate, and the same as a PDF in its own language. */
import type { Words } from '../../conversation/words.js'
import { UserError } from '../../errors.js'
import type { Store, Tx } from '../../store/store.js'
import { formatDate, formatNumber } from '../../text/formats.js'
import { isStaffLanguage, type StaffLanguage } from '../../text/languages.js'
import { rulesOf } from '../rules.js'
import { certificatePdf } from './certificate-pdf.js'
import { checkLink, codeOf, spelled } from './codes.js'

/** In which language somebody's certificate is, when nobody has chosen: their own, else Czech. */
export const paperLanguage = (language: string | null): StaffLanguage => (isStaffLanguage(language) ? language : 'cs')

type House = { store: Pick<Store, 'vault'>; words: Pick<Words, 'say'>; publicUrl: string | undefined }

/** The file, without anybody's name in its own. @throws UserError noWorker */
export async function paperOf(
  { store, words, publicUrl }: House,
  tx: Pick<Tx, 'certificate'>,
  id: string,
): Promise<{ name: string; content: Buffer }> {
  const row = await tx.certificate.findUnique({
    where: { id },
    include: { person: true, programme: true, organisation: true },
  })
  if (!row?.person.wrappedKey) throw new UserError('noWorker')
  const language = paperLanguage(row.language)
  const say = (key: string, values?: Record<string, string | number>) =>
    words.say(language, `certificate:${key}`, values)
  const rules = rulesOf(row.programme)
  const code = codeOf(store.vault, id)
  const link = publicUrl === undefined ? undefined : checkLink(publicUrl, code)
  const date = formatDate(language, row.issuedOn.toISOString().slice(0, 10), 'long')
  const content = await certificatePdf({
    language,
    title: say('title'),
    lead: say('paper.lead'),
    name: store.vault.drawer(row.personId, row.person.wrappedKey).openText('certificate.name', row.name),
    organisation: row.organisation?.name,
    did: say('paper.did'),
    programme: row.programme.name,
    facts: [
      say('paper.hours', { hours: formatNumber(language, row.hours) }),
      say('paper.modules', { modules: row.modules, of: rules.modules }),
      // Only what the programme asks for
      ...(rules.certificate.everyReport ? [say('paper.reports')] : []),
      ...(rules.certificate.feedbackFrom > 0 ? [say('paper.feedback')] : []),
    ],
    date: say('paper.date', { date }),
    signature: say('paper.signature'),
    code: say('paper.code', { code: spelled(code) }),
    check: say('paper.check', { link: link?.replace(/\?.*$/, '').replace(/^https?:\/\//, '') ?? '–' }),
    link,
  })
  return { name: `${say('file')}.pdf`, content }
}
