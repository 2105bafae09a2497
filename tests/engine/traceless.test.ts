/** A traceless flow: as soon as an action has taken the answers, the position knows none of them. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Actions, libraryOf, Refused, talkWith } from './talk.js'

const flow = (traceless: boolean) => `
flow: vote
for: client
${traceless ? 'traceless: true' : ''}
steps:
  first: { choose: { options: [apples, pears] } }
  second: { choose: { options: [apples, pears] } }
  give: { do: votes.give, with: { first: answers.first, second: answers.second }, else: { late: late } }
  more: { text: {}, optional: true }
  thanks: { say: {}, next: end }
  late: { text: {} }
`
const begin = (traceless: boolean, run: () => null = () => null) => {
  const input = z.object({ first: z.string(), second: z.string() })
  const actions: Actions = { 'votes.give': { name: 'votes.give', input, output: z.null(), run } }
  const talk = talkWith(libraryOf([flow(traceless)], actions), { actions })
  talk.start('vote')
  talk.press('apples')
  const pressed = talk.dataOf('pears')
  talk.press('pears')
  return { talk, pressed }
}
const known = ({ talk }: ReturnType<typeof begin>) => JSON.stringify(talk.position).match(/apples|pears/g) ?? []

it('gives the answers to the action and lets them go, whether they were taken or refused', () => {
  const taken = begin(true)
  expect(taken.talk.calls).toEqual(['votes.give {"first":"apples","second":"pears"}'])
  expect(known(taken)).toEqual([])
  const refused = begin(true, () => {
    throw new Refused('late')
  })
  expect(known(refused)).toEqual([])
  // An ordinary flow keeps them, to be looked through and corrected
  expect(known(begin(false)).length).toBeGreaterThan(0)
})

it('takes a second press of the same button for one, and goes back to nothing', () => {
  const { talk, pressed } = begin(true)
  expect(talk.pressData(pressed)).toEqual([])
  expect(talk.me('back')[0]).not.toContain('vote:second')
  talk.me('a word')
  expect(talk.calls).toHaveLength(1)
})
