/** `npm run danger:train`: learns `bot/danger/learned/weights.bin` anew, after sentences were added or mended. */
import { writeFileSync } from 'node:fs'
import { packModel, SENTENCES_FILE, WEIGHTS_FILE } from '../danger/learned/model.js'
import { digestOf, readSentences, train } from '../danger/learned/train.js'

const sentences = readSentences(SENTENCES_FILE)
writeFileSync(WEIGHTS_FILE, packModel(train(sentences, digestOf(SENTENCES_FILE))))
console.log(`Learned from ${sentences.length} sentences: ${WEIGHTS_FILE}`)
