/** "As it is": how a person says that their file is to be given on untouched, with all that it tells of its maker (S11). */
import { looseWords } from './scripts.js'

/** No single word that may as well say what the paper is ("original contract"), and none that begins a question ("jak je možné…"). */
const WORDS = `
as it is|as is|untouched
как есть|как оно есть|без изменений|kak est
чунон ки ҳаст|ҳамин тавр ки ҳаст|бе тағйир|chunon ki hast
boricha|qanday boʻlsa shunday|asl holida|oʻzgarishsiz|борича|асл ҳолида
кандай болсо ошондой|болгонундай|өзгөртүүсүз
қалай болса солай|сол күйінде|өзгеріссіз
як є|як воно є|без змін
tak jak je|beze změn|beze změny
`

const KNOWN = WORDS.trim()
  .split(/[|\n]/)
  .map((phrase) => `${looseWords(phrase).join(' ')} `)

/** Whether the words beside a file begin so. Elsewhere in them it is talk: "give me back my passport, as it is". */
export const wantsAsItIs = (caption: string): boolean => {
  const said = `${looseWords(caption).join(' ')} `
  return KNOWN.some((phrase) => said.startsWith(phrase))
}
