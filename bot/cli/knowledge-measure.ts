/** `npm run knowledge:measure -- FILE [--json]`: how well search and danger recognition do on a file of questions. */
import { readFileSync } from 'node:fs'
import { detectDanger } from '../danger/detect.js'
import { measure, Question, table } from '../knowledge/measure.js'
import { SEED_FOLDER } from '../knowledge/root.js'
import { createSearch } from '../knowledge/search/search.js'
import { readSeed } from '../knowledge/seed.js'

const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
if (!file) {
  console.error('Which file? npm run knowledge:measure -- tests/knowledge/questions.jsonl [--json]')
  process.exit(1)
}
const questions = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => Question.parse(JSON.parse(line)))
const { articles, contacts } = readSeed(SEED_FOLDER)
const measured = measure(questions, createSearch(articles, contacts), detectDanger)
console.log(process.argv.includes('--json') ? JSON.stringify(measured) : table(measured))
