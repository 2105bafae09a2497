/** Cries for help that say nothing else. Known by native lists, in every script people type them in: they come before a language is chosen. */
import { looseWords } from './scripts.js'
import { isSmallTalk } from './small-talk.js'

const CRIES = `
help
помощь помощи помогите помоги помогите-ка памагите помагите pomogite pomogi pomosh pomoshch
допомога допомоги допомогу допоможіть допоможи поможіть поможи
yordam ёрдам ёрдамга yordamga
кӯмак ёрӣ мадад kumak yori
жардам jardam zhardam
көмек көмектес көмектесіңіз көмектесіңізші көмектесіңдер көмектесіңдерші komek komektes
pomoc pomoci pomozte
`

/** What stands around such a word and tells no more. */
const AROUND = `
i need me us my urgent urgently now
мне нам мы я нужна нужно нужен надо нужны срочно очень мне нам сейчас кто нибудь прошу nuzhna mne
мені нам мене потрібна потрібно потрібен терміново дуже зараз хто небудь прошу
menga bizga kerak bering ber beringlar qiling juda iltimos tezroq менга бизга керак беринг қилинг илтимос
ба ман мо лозим даркор диҳед кунед кун деҳ лутфан илтимос даркор аст зуд
мага бизге керек бериңиз бериңизчи берчи бергиле кылыңыз кылыңызчы суранам тез
маған бізге керек беріңіз беріңізші өтінемін тез шұғыл
mi mně nám potřebuji potřebuju potřebujeme prosím rychle nutně mně
`

/** Longer ones have something to tell. */
const LONGEST = 100

const wordsOf = (list: string) => new Set(list.split('\n').flatMap((line) => looseWords(line)))
const CRIED = wordsOf(CRIES)
const KNOWN_AROUND = wordsOf(AROUND)

/** "помогите!", "menga yordam kerak", "hello, please help me". What else is in it makes it a question like any other. */
export function isCry(text: string): boolean {
  if (text.length > LONGEST) return false
  const words = looseWords(text)
  return (
    words.some((word) => CRIED.has(word)) &&
    words.every((word) => CRIED.has(word) || KNOWN_AROUND.has(word) || isSmallTalk(word))
  )
}
