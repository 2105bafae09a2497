/** Which flows the start takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { actionSpecs } from '../bot/actions.js'
import { ROOT } from '../bot/config.js'
import { readSoundFlows } from '../bot/flows.js'

const folder = mkdtempSync(join(tmpdir(), 'rahnamo-flows-'))
const file = join(folder, 'tea.yaml')
afterAll(() => rmSync(folder, { recursive: true }))

const start = (steps: string) => {
  writeFileSync(file, `flow: tea\nfor: client\nstart: { command: tea }\nsteps:\n${steps}`)
  return readSoundFlows(folder, actionSpecs())
}

it('takes ours', () => {
  expect(readSoundFlows(join(ROOT, 'flows'), actionSpecs()).flows.length).toBeGreaterThan(10)
})

it('takes a circle in which somebody is asked', () => {
  expect(start('  more: { confirm: {}, next: [{ when: answers.more, go: more }, { go: end }] }\n').flows).toHaveLength(
    1,
  )
})

it.each([
  [
    'round in a circle',
    '  one: { say: {}, next: two }\n  two: { say: {}, next: one }\n',
    /tea\.yaml.*(no way leads|circle)/i,
  ],
  ['past a step', '  one: { say: {}, next: end }\n  two: { say: {} }\n', /tea\.yaml: steps\.two: No way leads here/],
  ['to an action that is none', '  one: { do: tea.pour }\n', /There is no action "tea\.pour"/],
])('refuses one that goes %s, and says where', (_, steps, sentence) => {
  expect(() => start(steps)).toThrow(sentence)
})
