/** What is shown of sums, and what a client is told before they write a line. */
import { describe, expect, it } from 'vitest'
import { ofGroup, type Shown } from '../../../bot/programme/feedback/totals.js'
import { LANGUAGES } from '../../../bot/text/languages.js'
import { loadTexts } from '../../../bot/text/texts.js'

describe('sums', () => {
  const sums = (yes: number): Shown['sums'] => {
    const each = { yes, partly: 0, no: 0 }
    return { helped: each, respect: each, clear: each }
  }
  const of = (answers: number) => {
    const full = answers - (answers % 5)
    return { answers, shown: full > 0 ? { answers: full, sums: sums(full) } : null }
  }
  const shownOf = (all: number, ...workers: number[]) => ofGroup(of(all), workers.map(of))?.answers

  it('S12 of a group never let those of a worker be worked out who has fewer than five', () => {
    expect(shownOf(9, 3, 3, 3)).toBe(5)
    expect(shownOf(15, 5, 4, 6)).toBe(10)
    // Four of one worker, and one more of the other: what is left of the ten would be mostly theirs
    expect(shownOf(10, 6, 4)).toBe(5)
    expect(shownOf(15, 6, 4, 5)).toBe(10)
    expect(shownOf(15, 7, 4, 4)).toBe(15)
    expect(shownOf(15, 7, 8)).toBe(15)
    // The ten that came first are not those that are shown of the two
    expect(shownOf(13, 7, 6)).toBe(10)
    // Of a worker who was erased the group's sums still know
    expect(shownOf(12, 10)).toBe(10)
    expect(shownOf(4, 4)).toBeUndefined()
  })
})

describe.each(LANGUAGES)('the notice before a line, in %s', (language) => {
  it('S01 says who runs this, what is kept and how long, who reads it, who else sees it, and whom to call', () => {
    const notice = loadTexts('locales').say(language, 'opinion:line')
    expect(notice.length).toBeLessThanOrEqual(600)
    expect(notice).toMatch(/Rahnamo|Роҳнамо/)
    expect(notice).toMatch(/\b12\b/)
    expect(notice).toMatch(/[Cc]oordinator|оордин|ҳамоҳангсоз|oordinator|oordinátor|үйлестіруші/)
    expect(notice).toMatch(/compan|компан|ширкат|kompaniya|firma/)
    expect(notice).toContain('112')
  })
})
