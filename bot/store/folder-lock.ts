/** One process holds the data folder: PGlite itself does not lock, and two of them would destroy the database. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../errors.js'
import { makeDataFolder } from './data-folder.js'

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When the process began, in clock ticks since boot (Linux): tells a reused process id from the holder's own. */
const startedAt = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''
  } catch {
    return '' // not Linux, or just gone: the process id alone decides
  }
}

/** Between making the file and writing into it lie microseconds; an empty file older than this was left by a power cut. */
const EMPTY_COUNTS_MS = 5000

const isHeld = (file: string, holder: string): boolean => {
  if (holder === '') return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < EMPTY_COUNTS_MS
  const [pid = '0', began = ''] = holder.split(' ')
  return Number(pid) > 0 && alive(Number(pid)) && startedAt(Number(pid)) === began
}

/**
 * Takes the lock of a folder; returns what gives it back.
 * @throws SetupError FOLDER_IN_USE, FOLDER_UNUSABLE
 */
export function lockFolder(folder: string): () => void {
  makeDataFolder(folder)
  const file = join(folder, 'lock')
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, `${process.pid} ${startedAt(process.pid)}`)
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readHolder(file)
    if (holder === undefined) continue
    if (isHeld(file, holder))
      throw new SetupError(
        'FOLDER_IN_USE',
        `Rahnamo is already running on ${folder} (process ${holder.split(' ')[0] || 'starting'}). Stop that one first, or set DATA_DIR to another folder.`,
      )
    clearAway(file, holder)
  }
}

/** Its holder is dead: a power cut or kill -9. Two who start at once may both see that; only what was seen dead is taken away. */
function clearAway(file: string, dead: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // The other was quicker, and this is its own live lock: back with it.
  if (readHolder(aside) !== dead) renameSync(aside, file)
  else rmSync(aside, { force: true })
}

const readHolder = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
