import { FlowError, SetupError } from '../errors.js'

/** Ends the program: with a sentence and its code when the remedy is known, otherwise with where it happened. */
export function endWith(error: unknown): never {
  const told = error instanceof SetupError || error instanceof FlowError
  process.stderr.write(
    `\n${told ? `${error.message} [${error.code}]` : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
}
