import fc from 'fast-check'

/** The same cases on every run: a test that fails today fails tomorrow. */
fc.configureGlobal({ seed: 20261123 })

/** Whatever a person, a keyboard or an attacker may send. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '12',
        '3',
        '٣',
        '.',
        ',',
        '/',
        '-',
        ' ',
        '\n',
        'марта',
        'вчера',
        'not',
        'двадцать',
        "o'n",
        'сто',
        'тыс',
        'да',
        'нет',
        '+7',
        '(',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('a'.repeat(5000), 'двадцать '.repeat(600), '1'.repeat(5000), '. '.repeat(2500)),
)
