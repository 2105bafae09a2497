/** Which flows the start takes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

it('S01 the hotline asks for no words before somebody has agreed that they are kept', () => {
  const { steps } = readSoundFlows(join(ROOT, 'flows'), actionSpecs()).newest('hotline') ?? { steps: [] }
  const consent = steps.findIndex((step) => step.form === 'do' && step.action === 'people.consent')
  const asked = (from: number, to?: number) => steps.slice(from, to).filter((step) => step.form === 'ask')
  const before = asked(0, consent)
  expect(before.map(({ id }) => id)).toEqual(['language', 'notice'])
  expect(before.filter(({ kind, orText }) => kind.kind !== 'choose' || orText).map(({ id }) => id)).toEqual([])
  expect(steps.slice(0, consent).filter(({ form }) => form === 'run')).toEqual([])
  expect(asked(consent).some(({ orText }) => orText)).toBe(true)
})

it('no check-in asks where somebody is: the code on the screen is enough', () => {
  const { flows } = readSoundFlows(join(ROOT, 'flows'), actionSpecs())
  const checkins = flows.filter(({ name }) => ['checkin', 'absence', 'objection'].includes(name))
  const asked = checkins.flatMap(({ steps }) => steps.flatMap((step) => (step.form === 'ask' ? [step.kind.kind] : [])))
  expect(new Set(asked)).toEqual(new Set(['choose', 'text']))
})

/** Words of a judgement about how likely harm is. "Danger" and "urgent" are what a person said or pressed, and are not among them. */
const JUDGES = /risk|severity|score|assess|triage|probabilit|likelihood|vulnerab/i

it('S40 nobody’s risk is asked, weighed or kept: no step, no text and no column is named so', () => {
  const { flows } = readSoundFlows(join(ROOT, 'flows'), actionSpecs())
  const steps = flows.flatMap(({ name, steps }) => steps.map(({ id }) => `${name}.${id}`))
  const texts = readdirSync(join(ROOT, 'locales/en'))
    .filter((name) => /^[a-z].*\.json$/.test(name))
    .flatMap((name) =>
      Object.keys(JSON.parse(readFileSync(join(ROOT, 'locales/en', name), 'utf8'))).map(
        (key) => `${name.replace('.json', '')}:${key}`,
      ),
    )
  const columns = [...readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8').matchAll(/^(?:model| {2})\s*(\w+)/gm)]
  const names = [...steps, ...texts, ...columns.map(([, name = '']) => name)]
  for (const known of ['hotline.ask', 'hotline:notice', 'urgency', 'Engagement']) expect(names).toContain(known)
  expect(names.filter((name) => JUDGES.test(name))).toEqual([])
})
