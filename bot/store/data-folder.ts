/** The folder of one installation: database, files, key and the administrator's door. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { SetupError } from '../errors.js'

/**
 * Makes the folder for its owner alone, unless it is there.
 * @throws SetupError FOLDER_UNUSABLE
 */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new SetupError(
      'FOLDER_UNUSABLE',
      `Nothing can be kept in ${folder} (${(error as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder that you may write to.`,
    )
  }
}
