/** What stands under a case's first message fits every messenger, however long a title or a team's name is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buttonBlocks } from '../../../adapters/slack/buttons.js'
import { placeWords } from '../../../bot/desk/places/drawing.js'
import { headOf } from '../../../bot/desk/places/head.js'
import { LABEL_MAX } from '../../../bot/limits.js'
import { loadTexts } from '../../../bot/text/texts.js'
import { blocksOf } from '../../stand-ins/slack/rules.js'
import { createWorld } from '../../stand-ins/slack/world.js'

const words = placeWords(loadTexts('locales'), 'en')
const facts = {
  ...{ code: 'DEH-WY', state: 'claimed', urgency: 'normal', minor: false, label: 'Work', country: 'KZ', city: null },
  ...{
    language: 'uz',
    ownerAlias: 'consultant-1',
    outcome: null,
    question: 'q',
    shown: [],
    opened: 'now',
    offer: null,
  },
}
const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })

describe('the menus of a case', () => {
  it('hold titles and names of any length, cut to what a button takes, and Slack takes them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('with', 'transfer'),
        fc.array(title, { minLength: 1, maxLength: 20 }),
        (menu, titles) => {
          const choices = {
            articles: titles.map((each, nth) => ({ id: `article-${nth}`, title: each })),
            targets: titles.map((label, nth) => ({ id: `t:${nth}`, label })),
          }
          const { buttons } = headOf(facts, menu, choices, words)
          for (const { label } of buttons.flat()) {
            expect(label.length).toBeLessThanOrEqual(LABEL_MAX)
            expect(() => encodeURIComponent(label)).not.toThrow()
          }
          expect(
            blocksOf(
              createWorld(() => new Date('2026-11-20T12:00:00Z')),
              { blocks: buttonBlocks(buttons) },
            ),
          ).toBeDefined()
        },
      ),
    )
  })

  it('cut a real title that is too long for Slack', () => {
    const asked = 'How does a citizen of Uzbekistan or Tajikistan get permission to work in Kazakhstan?'
    const { buttons } = headOf(facts, 'with', { articles: [{ id: 'kz-work', title: asked }], targets: [] }, words)
    expect(buttons[0]?.[0]).toEqual({
      label: 'How does a citizen of Uzbekistan or Tajikistan get permission t…',
      data: 'd:with:kz-work',
    })
  })
})
