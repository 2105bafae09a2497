/** The flow that the language was made for, told as people live it. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Values } from '../../bot/engine/types.js'
import { type Actions, libraryOf, Refused, talkWith } from './talk.js'

const hotline = readFileSync(new URL('flows/hotline.yaml', import.meta.url), 'utf8')

function begin(person: Values = {}) {
  const actions: Actions = {
    'people.setLanguage': {
      name: 'people.setLanguage',
      input: z.object({ language: z.string() }),
      output: z.null(),
      run: ({ language }) => {
        talk.person.language = language ?? ''
        return null
      },
    },
    'people.consent': { name: 'people.consent', input: z.object({ given: z.boolean() }), output: z.null() },
    'places.cities': {
      name: 'places.cities',
      input: z.object({ country: z.string() }),
      output: z.array(z.object({ id: z.string(), label: z.string() })),
      run: ({ country }) => (country === 'RU' ? [{ id: 'moscow', label: 'Moscow' }] : []),
    },
    'knowledge.answer': {
      name: 'knowledge.answer',
      input: z.object({ text: z.string(), topic: z.string() }),
      output: z.object({ shown: z.number() }),
      run: ({ text }) => {
        if (text === 'xyzzy') throw new Refused('nothing')
        return { shown: 1 }
      },
    },
    'desk.open': { name: 'desk.open', input: z.object({ topic: z.string() }), output: z.null(), human: true },
  }
  const talk = talkWith(libraryOf([hotline], actions), { actions, person })
  return talk
}

describe('the hotline', () => {
  it('leads a newcomer from the language to an answer, and round again', () => {
    const talk = begin()
    expect(talk.me('hello')).toEqual(['hotline:language [en | ru | tg]'])
    expect(talk.press('ru')).toEqual(['hotline:notice [agree | refuse]'])
    expect(talk.me('agree')).toEqual(['hotline:country [RU | KZ | other]'])
    expect(talk.press('RU')).toEqual(['hotline:city [Moscow | skip]'])
    // The first words of all were not lost: they are the question
    expect(talk.press('Moscow')).toEqual(['hotline:helped [yes | more | human]'])
    expect(talk.press('more')).toEqual(['hotline:ask [stay | work | health]'])
    expect(talk.press('work')).toEqual(['hotline:helped [yes | more | human]'])
    expect(talk.calls).toEqual([
      'people.setLanguage {"language":"ru"}',
      'people.consent {"given":true}',
      'places.cities {"country":"RU"}',
      'knowledge.answer {"text":"hello","topic":""}',
      'knowledge.answer {"text":"","topic":"work"}',
    ])
  })

  it('asks a known person nothing but the question', () => {
    const talk = begin({ language: 'ru', consent: 'given', country: 'KZ', city: 'astana' })
    expect(talk.me('хозяин не платит 3 месяца')).toEqual(['hotline:helped [yes | more | human]'])
  })

  it('skips the cities of a country that has none', () => {
    const talk = begin({ language: 'ru', consent: 'given' })
    talk.start('hotline')
    expect(talk.press('KZ')).toEqual(['hotline:ask [stay | work | health]'])
  })

  it('goes to a human by itself when nothing was found, and is silent until it has the conversation back', () => {
    const talk = begin({ language: 'ru', consent: 'given', country: 'KZ', city: 'astana' })
    talk.start('hotline')
    expect(talk.me('xyzzy')).toEqual(['hotline:opened'])
    expect(talk.resume()).toEqual(['hotline:ask [stay | work | health]'])
  })

  it('does not grow however often it goes round', () => {
    const talk = begin({ language: 'ru', consent: 'given', country: 'KZ', city: 'astana' })
    talk.start('hotline')
    const sizes = Array.from({ length: 40 }, () => {
      talk.me('question')
      talk.press('more')
      return JSON.stringify(talk.position).length
    })
    expect(sizes.at(-1)).toBeLessThanOrEqual((sizes[12] ?? 0) + 10)
    expect(sizes.at(-1)).toBeLessThan(700)
  })
})
