/** What is different between two forms, in words. */
import type { FormDifference } from '../../../../programme/form/differences.js'
import type { View } from '../../view.js'
import type { Difference } from '../versions.js'

/** What things are called in the reader's language. */
export type Names = {
  question(id: string): string
  list(list: string): string
  option(list: string, id: string): string
}

export const differenceLines = (view: View, all: readonly FormDifference[], names: Names): Difference[] =>
  all.map((each): Difference => {
    const say = view.coordination
    switch (each.what) {
      case 'words':
        return {
          name: `${names.question(each.question)} (${view.language(each.language)})`,
          before: each.before,
          after: each.after,
        }
      case 'offered':
        return { name: names.list(each.list), before: undefined, after: names.option(each.list, each.option) }
      case 'notOffered':
        return { name: names.list(each.list), before: names.option(each.list, each.option), after: undefined }
      case 'asked':
        return { name: say('form.difference.asked'), before: undefined, after: names.question(each.question) }
      case 'notAsked':
        return { name: say('form.difference.notAsked'), before: names.question(each.question), after: undefined }
      default:
        return { name: names.question(each.question), before: undefined, after: say(`form.difference.${each.what}`) }
    }
  })
