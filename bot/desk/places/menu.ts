/** What stands in the data of a button under a case: `d:verb` or `d:verb:argument`, far below the 64 bytes of Telegram. */

const VERBS = [
  'claim',
  'next',
  'answer',
  'with',
  'transfer',
  'to',
  'note',
  'phone',
  'close',
  'release',
  'menu',
  'offer',
] as const
export type Verb = (typeof VERBS)[number]

export type Pressed = { verb: Verb; argument: string }

export const dataOf = (verb: Verb, argument?: string): string =>
  argument === undefined ? `d:${verb}` : `d:${verb}:${argument}`

/** `undefined` for what is no button of ours. */
export function readPress(data: string): Pressed | undefined {
  const [, verb = '', argument = ''] = /^d:([a-z]+)(?::(.{1,56}))?$/.exec(data) ?? []
  const known = VERBS.find((each) => each === verb)
  return known && { verb: known, argument }
}

/** Menus that may be open under the first message of a case: the word is what `Place.menu` holds. */
export const MENUS = ['with', 'transfer', 'close'] as const
