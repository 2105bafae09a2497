/** One process holds the data folder: PGlite itself does not lock, and two of them would destroy the database. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../errors.js'

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

/**
 * Takes the lock of a folder; returns what gives it back.
 * @throws SetupError FOLDER_IN_USE
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
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
    const [pid = '0', began = ''] = readHolder(file).split(' ')
    if (alive(Number(pid)) && Number(pid) > 0 && startedAt(Number(pid)) === began)
      throw new SetupError(
        'FOLDER_IN_USE',
        `Rahnamo is already running on ${folder} (process ${pid}). Stop that one first, or set DATA_DIR to another folder.`,
      )
    rmSync(file, { force: true }) // its holder is dead: a power cut or kill -9
  }
}

const readHolder = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
