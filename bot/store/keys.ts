/** The master key: from the environment, or from a file that only its owner can read, made at first start (S28). */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.js'
import { SetupError } from '../errors.js'
import { makeDataFolder } from './data-folder.js'

const KEY_BYTES = 32

/** A key with fewer distinct bytes than this is a word or a pattern; 32 random bytes have about 30. */
const MIN_DISTINCT_BYTES = 16

const decode = (text: string, from: string): Buffer => {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES)
    throw new SetupError(
      'KEY_LENGTH',
      `${from} must be ${KEY_BYTES} random bytes in base64. Make one with: openssl rand -base64 ${KEY_BYTES}`,
    )
  if (new Set(key).size < MIN_DISTINCT_BYTES)
    throw new SetupError(
      'KEY_WEAK',
      `${from} is too easy to guess. Make a random one with: openssl rand -base64 ${KEY_BYTES}`,
    )
  return key
}

/** On the disk before anything is sealed with it: after a power cut the database must not outlive its key. */
function makeKey(file: string): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The key that another takes the place of, until the database is wrapped anew. */
const OLD = 'key.old'

/**
 * The master key of this installation, from the environment or the data folder. Without it everything personal in the database is unreadable for ever. `previousKey` is there
 * while it changes.
 * @throws SetupError KEY_LENGTH, KEY_WEAK, KEY_OPEN (the file can be read by others), FOLDER_UNUSABLE
 */
export function masterKeys(config: Pick<Config, 'key' | 'previousKey' | 'dataDir'>): {
  key: Buffer
  previousKey?: Buffer
} {
  if (config.key)
    return {
      key: decode(config.key, 'RAHNAMO_KEY'),
      ...(config.previousKey && { previousKey: decode(config.previousKey, 'RAHNAMO_KEY_OLD') }),
    }
  const file = join(config.dataDir, 'key')
  if (!existsSync(file)) {
    makeDataFolder(config.dataDir)
    makeKey(file)
  }
  const old = join(config.dataDir, OLD)
  return { key: readKey(file), ...(existsSync(old) && { previousKey: readKey(old) }) }
}

function readKey(file: string): Buffer {
  if ((statSync(file).mode & 0o077) !== 0)
    throw new SetupError('KEY_OPEN', `Others on this machine can read ${file}. Close it with: chmod 600 ${file}`)
  return decode(readFileSync(file, 'utf8'), file)
}

/** Puts a new key in the place of the one in the folder, which stays beside it until `forgetOldKey`. */
export function beginNewKey(folder: string): void {
  if (existsSync(join(folder, OLD))) return
  renameSync(join(folder, 'key'), join(folder, OLD))
  makeKey(join(folder, 'key'))
}

/** The database was opened with the new key. */
export const forgetOldKey = (folder: string): void => rmSync(join(folder, OLD), { force: true })
