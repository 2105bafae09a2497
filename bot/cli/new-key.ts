/** `npm run rahnamo -- new-key`: another master key, for when the old one may have been seen (S27, S28). */
import { join } from 'node:path'
import { readConfig } from '../config.js'
import { SetupError } from '../errors.js'
import { beginNewKey, forgetOldKey, masterKeys } from '../store/keys.js'
import { openStore } from '../store/store.js'

/**
 * Wraps every key in the database anew. Nothing may run meanwhile; a crash at any moment is completed by the next start.
 * @throws SetupError KEY_FROM_ENVIRONMENT with what to do instead, FOLDER_IN_USE when Rahnamo runs
 */
export async function newKey(): Promise<string> {
  const config = readConfig(process.env)
  if (config.key)
    throw new SetupError(
      'KEY_FROM_ENVIRONMENT',
      'The key comes from RAHNAMO_KEY. Stop Rahnamo everywhere, put the key of today into RAHNAMO_KEY_OLD and a new one (openssl rand -base64 32) into RAHNAMO_KEY, and start once; then take RAHNAMO_KEY_OLD away.',
    )
  const { dataDir, databaseUrl } = config
  // Only who holds the database may touch the key
  await (await openStore({ dataDir, databaseUrl, ...masterKeys(config) })).close()
  beginNewKey(dataDir)
  await (await openStore({ dataDir, databaseUrl, ...masterKeys(config) })).close()
  forgetOldKey(dataDir)
  return [
    `The new key is in ${join(dataDir, 'key')}; the old one opens nothing in this database any more.`,
    'Keep a copy of the new one away from this machine: without it nothing personal can be read, by anybody, ever.',
    'A backup of before today opens with the old key only.',
  ].join('\n')
}
