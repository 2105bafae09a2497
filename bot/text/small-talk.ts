/** Greetings and thanks: words that open a talk and ask nothing. Known by native lists, in every script people type them in. */
import { looseWords } from './scripts.js'

const WORDS = `
hello hi hey good morning afternoon evening day thanks thank you very much so please
здравствуйте здравствуй здрасте здрасьте привет приветик добрый доброе доброго день вечер утро дня вечера времени суток спасибо большое
благодарю пожалуйста ок окей хорошо понятно алло ало эй
privet zdravstvuyte zdravstvuite dobryy dobriy den vecher utro spasibo
салом салам ассалому алайкум алейкум ассаломалейкум ассалому алайкум ва рахмату ваалейкум субҳ ба хайр рӯз шаб шумо рахмат ташаккур мерсӣ
salom assalomu alaykum aleykum salam xayrli kun tong kech rahmat raxmat katta tashakkur
салом ассалому алайкум хайрли кун тонг кеч рахмат катта
саламатсызбы саламатсыздарбы саламатчылык кутман күн таң кеч рахмат ырахмат чоң
сәлем сәлеметсіз сәлеметсізбе бе салем салеметсиз қайырлы күн таң кеш рақмет рахмет көп
добрий день доброго дня вечір ранок ранку вечора вітаю привіт дякую дуже щиро будь ласка
dobrý dobré den ráno večer odpoledne ahoj čau děkuji děkuju díky moc prosím vás
`

const KNOWN = new Set(WORDS.split('\n').flatMap((line) => looseWords(line)))

/** True when the text holds nothing to answer: only greetings and thanks, or no word at all. */
export function isSmallTalk(text: string): boolean {
  const words = looseWords(text).filter((word) => /\p{L}/u.test(word))
  return words.every((word) => KNOWN.has(word) || [...word].length < 2)
}
