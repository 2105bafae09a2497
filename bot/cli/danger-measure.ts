/** `npm run danger:measure -- FILE [--json]`: how well danger is recognised in a file of sentences. */

import { readSentences } from '../danger/learned/train.js'
import { dangerTable, measureDanger } from '../danger/measure.js'

const [file, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--json')
if (!file || rest.length > 0) {
  console.error('Which file? npm run danger:measure -- tests/danger/unseen.jsonl [--json]')
  process.exitCode = 1
} else {
  try {
    const measured = measureDanger(readSentences(file))
    console.log(process.argv.includes('--json') ? JSON.stringify(measured) : dangerTable(measured))
  } catch (error) {
    console.error(
      `${file} cannot be read: ${(error as Error).message}\nOne line is one JSON object: {"text": "…", "lang": "ru", "kind": "urgent", "danger": "violence"}; without danger, "kind": "calm".`,
    )
    process.exitCode = 1
  }
}
