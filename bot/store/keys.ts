/** The master key: from the environment, or from a file that only its owner can read, made at first start (S28). */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
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

/**
 * The master key of this installation. Without it everything personal in the database is unreadable for ever.
 * @throws SetupError KEY_LENGTH, KEY_WEAK, KEY_OPEN (the file can be read by others), FOLDER_UNUSABLE
 */
export function masterKey(options: { fromEnvironment?: string | undefined; folder: string }): Buffer {
  if (options.fromEnvironment) return decode(options.fromEnvironment, 'RAHNAMO_KEY')
  const file = join(options.folder, 'key')
  if (!existsSync(file)) {
    makeDataFolder(options.folder)
    makeKey(file)
  }
  if ((statSync(file).mode & 0o077) !== 0)
    throw new SetupError('KEY_OPEN', `Others on this machine can read ${file}. Close it with: chmod 600 ${file}`)
  return decode(readFileSync(file, 'utf8'), file)
}
