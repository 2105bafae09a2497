/** `npm run knowledge:measure -- FILE [--json]`: how well search and danger recognition do on a file of questions. */
import { readFileSync } from 'node:fs'
import { detectDanger } from '../danger/detect.js'
import { SetupError } from '../errors.js'
import { measure, Question, table } from '../knowledge/measure.js'
import { SEED_FOLDER } from '../knowledge/root.js'
import { createSearch } from '../knowledge/search/search.js'
import { readSeed } from '../knowledge/seed.js'

const USAGE = 'npm run knowledge:measure -- tests/knowledge/questions.jsonl [--json]'

/** @throws SetupError QUESTIONS_UNREADABLE with file, line and what is wrong there */
function readQuestions(file: string): Question[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new SetupError('QUESTIONS_UNREADABLE', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  return text.split('\n').flatMap((line, place) => {
    if (line.trim() === '') return []
    try {
      return [Question.parse(JSON.parse(line))]
    } catch {
      throw new SetupError(
        'QUESTIONS_UNREADABLE',
        `${file}, line ${place + 1}: not a question. One line is one JSON object: {"text": "…", "lang": "ru", "country": "RU", "kind": "answerable", "expected_fact_ids": ["…"]}`,
      )
    }
  })
}

try {
  const [file, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--json')
  if (!file || rest.length > 0) throw new SetupError('QUESTIONS_WHICH', `Which file? ${USAGE}`)
  const { articles, contacts } = readSeed(SEED_FOLDER)
  const measured = measure(readQuestions(file), createSearch(articles, contacts), detectDanger)
  // The agreed form for programs has no place for `handedOver`; the table shows it.
  const { handedOver: _, ...agreed } = measured
  console.log(process.argv.includes('--json') ? JSON.stringify(agreed) : table(measured))
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
