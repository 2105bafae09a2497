/** `npm run rahnamo -- stamp …`: a translator says which texts they have compared with today's English ones. */
import { join } from 'node:path'
import { ROOT } from '../config.js'
import { SetupError } from '../errors.js'
import { isLanguage } from '../text/languages.js'
import { stampSources } from '../text/sources.js'

const USAGE =
  'npm run rahnamo -- stamp LANGUAGE NAMESPACE[:KEY] …, like: npm run rahnamo -- stamp ky hotline:notice menu'

/**
 * Returns the sentence to print. Nothing is stamped unless it is named: a stamp without a look is worth nothing.
 * @throws SetupError STAMP_USAGE
 */
export function stampTexts([language, ...names]: readonly string[], dir = join(ROOT, 'locales')): string {
  if (!isLanguage(language) || names.length === 0)
    throw new SetupError('STAMP_USAGE', `Say what was compared with the English text: ${USAGE}`)
  const keys = names.filter((name) => name.includes(':'))
  const namespaces = names.filter((name) => !name.includes(':'))
  const marked =
    (keys.length > 0 ? stampSources({ dir, languages: [language], keys }) : 0) +
    (namespaces.length > 0 ? stampSources({ dir, languages: [language], namespaces }) : 0)
  return `${marked} marked as made from today's English text. npm run check tells what is still stale.`
}
