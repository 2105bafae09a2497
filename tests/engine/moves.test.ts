/** A conversation stays on the version it began with, or is carried to the newest where that says how. */
import { describe, expect, it } from 'vitest'
import type { Library } from '../../bot/engine/library.js'
import { gapsInMoves } from '../../bot/engine/moves-check.js'
import { libraryOf, talkWith } from './talk.js'

const old = `
flow: main
for: client
start: { default: true }
steps:
  name: { text: {} }
  age: { number: { max: 120 } }
  shoe: { number: { max: 60 } }
  city: { text: {} }
`
const oldVersion = libraryOf([old]).flows[0]?.version ?? ''
const changed = (moves: string) => `
flow: main
for: client
start: { default: true }
steps:
  called: { text: {} }
  age: { number: { max: 99 } }
  city: { text: {} }
  street: { text: {} }
${moves}`
const moving = changed(`moves:\n  ${oldVersion}: { name: called, shoe: null }\n`)

const withOld = (library: Library) => {
  library.addVersion('stored', old)
  return library
}

/** On the old version, after that many answers. */
function begun(answers: number) {
  const talk = talkWith(libraryOf([old]))
  talk.me('hi')
  for (const said of ['Zarina', '33', '38'].slice(0, answers)) talk.me(said)
  return talk
}

describe('versions', () => {
  it('a conversation goes on where it began, and the next begins on the newest', () => {
    const talk = begun(1)
    talk.library = withOld(libraryOf([changed('')]))
    expect(talk.me('33')).toEqual(['main:shoe'])
    expect(talk.start('main')).toEqual(['main:called'])
  })
})

describe('moves', () => {
  it('carry the answers along', () => {
    const talk = begun(3)
    talk.library = withOld(libraryOf([moving]))
    expect(talk.me('Osh')).toEqual(['main:street'])
    expect(talk.answers).toEqual({ called: 'Zarina', age: 33, city: 'Osh' })
    expect(talk.me('/back')).toEqual(['main:city'])
  })

  it('work without the old version too', () => {
    const talk = begun(3)
    talk.library = libraryOf([moving])
    // Whether the question is the same cannot be known, so it is asked once more
    expect(talk.me('Osh')).toEqual(['main:city'])
    expect(talk.me('Osh')).toEqual(['main:street'])
  })

  it('ask again when the question itself changed: the answer was to the old one', () => {
    const talk = begun(1)
    talk.library = withOld(libraryOf([moving]))
    expect(talk.me('110')).toEqual(['main:age'])
    expect(talk.me('33')).toEqual(['main:city'])
  })

  it('find the next question when the open one is gone', () => {
    const talk = begun(2)
    talk.library = withOld(libraryOf([moving]))
    expect(talk.me('38')).toEqual(['main:city'])
    expect(talk.answers).toEqual({ called: 'Zarina', age: 33 })
  })

  it('are checked: every place where somebody may wait has a successor', () => {
    expect(gapsInMoves(withOld(libraryOf([moving])))).toEqual([])
    const careless = changed(`moves:\n  ${oldVersion}: { name: nowhere, hat: city }\n`)
    expect(gapsInMoves(withOld(libraryOf([careless]))).map(({ sentence }) => sentence)).toEqual([
      'There is no step "nowhere" to move to.',
      `Version ${oldVersion} has no step "hat".`,
      '"shoe" is gone. Say where whoever is there goes on, or null to drop its answer.',
    ])
  })
})
