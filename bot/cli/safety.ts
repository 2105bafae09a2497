/** `npm run safety`: which promises of SECURITY.md hold, and by which tests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../config.js'
import { promisesOf, testsOf } from './promises.js'

const promises = promisesOf(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8'))
const tests = testsOf(join(ROOT, 'tests'))
const unproved = promises.filter(({ number, state }) => state === 'holds' && !tests.has(number))

for (const { number, state, what } of promises) {
  console.log(`${number}  ${state.padEnd(8)} ${what}`)
  for (const test of tests.get(number) ?? []) console.log(`               ${test}`)
}
const count = (state: string) => promises.filter((promise) => promise.state === state).length
console.log(
  `\n${promises.length} promises: ${count('holds')} hold, ${count('in part')} in part, ${count('not yet')} not yet.`,
)
if (unproved.length > 0) {
  console.error(`No test carries the number of ${unproved.map(({ number }) => number).join(', ')}.`)
  process.exitCode = 1
}
