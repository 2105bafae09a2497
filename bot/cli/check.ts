/** The last part of `npm run check`: arrows between the rooms, flows, texts, the data map. Prints what is wrong; the exit code says whether. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { actionSpecs } from '../actions.js'
import { ROOT } from '../config.js'
import { lintTexts } from '../text/lint.js'
import { wrongArrows } from './arrows.js'
import { dataMapProblems } from './data-map.js'
import { runFlowsCli } from './flows.js'

/** Namespaces of staff's own pages; everything else is read by clients. */
const STAFF_TEXTS = [
  ...['console', 'house', 'start', 'rooms', 'duty', 'programme', 'worker', 'messenger', 'mine'],
  ...['report', 'reports-desk', 'checkin', 'objection', 'session', 'feedback', 'feedback-desk', 'coordination'],
  ...['duties', 'duties-desk', 'certificate', 'absence', 'reminders'],
]
/** Page texts: never sent as messages. */
const PAGE_TEXTS = [
  ...['chat', 'console', 'house', 'start', 'programme', 'reports-desk', 'feedback-desk', 'coordination'],
  ...['duties-desk', 'certificate'],
]
/** Beginnings of keys that only stand inside other texts, never at the head of a message. */
const FRAGMENTS = [
  'rooms:line.',
  'rooms:form.',
  'desk:when.',
  'danger:number.',
  'danger:country.',
  'knowledge:cities.',
  'knowledge:topics.',
  'privacy:page.',
  'opinion:page.',
  'checkin:point.',
  'checkin:mark.',
  'checkin:day',
  'duties:done.',
  'duties:missing.',
]
/** What an installer types or reads as it is, in any language. */
const TERMS = ['BotFather', 'npm', 'start', 'BOT', 'TOKEN', 'join', 'Excel', 'xlsx', 'CSV', 'UTF', 'CZK']
/** The first question greets in every language at once, because none is chosen yet (`hotline:language`). */
const GREETINGS = 'hello здравствуйте салом salom саламатсызбы сәлем добрий день dobrý den'.split(' ')

export function textProblems(dir = join(ROOT, 'locales')) {
  const all = readdirSync(join(dir, 'en'))
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
  const audiences = {
    client: all.filter((name) => !STAFF_TEXTS.includes(name)),
    staff: STAFF_TEXTS,
    pages: PAGE_TEXTS,
  }
  return lintTexts({ dir, audiences, fragments: FRAGMENTS, names: [...GREETINGS, ...TERMS] })
}

async function main(): Promise<void> {
  const arrows = wrongArrows(ROOT)
  for (const { file, imports, sentence } of arrows) console.log(`${file} → ${imports}: ${sentence}`)
  const texts = textProblems()
  for (const { rule, language, key, sentence } of texts) console.log(`${language} ${key} (${rule}): ${sentence}`)
  const map = dataMapProblems()
  for (const sentence of map) console.log(sentence)
  const flows = await runFlowsCli({ specs: actionSpecs(), args: ['check'] })
  console.log(`Arrows: ${arrows.length} wrong. Texts: ${texts.length} problems. Data map: ${map.length} problems.`)
  process.exitCode = arrows.length + texts.length + map.length > 0 ? 1 : flows
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
