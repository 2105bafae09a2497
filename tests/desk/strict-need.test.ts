/** Who sees what was told to the trained role, when something else is told later (S42, S43). */
import { describe, expect, it } from 'vitest'
import { needColumn } from '../../bot/desk/assign.js'

const needs = (required: ('safeguarding' | 'trafficking')[], preferred: 'social' | 'lawyer' = 'social') => ({
  need: { required, preferred },
})

describe('S42 S43 what a case needs of whoever takes it', () => {
  it('stays strict when an ordinary danger, or another city, comes later', () => {
    expect(needColumn(needs([]), 'trafficking')).toBe('trafficking')
    expect(needColumn(needs([], 'lawyer'), 'safeguarding')).toBe('safeguarding')
  })
  it('becomes strict when it was not', () => {
    expect(needColumn(needs(['trafficking']), 'social')).toBe('trafficking')
    expect(needColumn(needs(['safeguarding', 'trafficking']))).toBe('safeguarding')
  })
  it('changes freely between ordinary roles', () => expect(needColumn(needs([], 'lawyer'), 'social')).toBe('lawyer'))
})
