/** The topics in the order in which people ask most; what is not listed comes after. */
const OFTEN_ASKED = [
  'stay-registration',
  'tp-registration',
  'tp-extension',
  'work-permit',
  'employment-rights',
  'bans-deportation-fines',
  'jobs',
  'housing',
  'humanitarian-benefit',
  'health-care',
  'school-education',
  'family-children',
  'lost-documents',
  'return-reintegration',
  'education-recognition',
  'czech-courses',
  'trafficking-violence',
  'contacts',
]

const rank = (topic: string) => {
  const place = OFTEN_ASKED.indexOf(topic)
  return place < 0 ? OFTEN_ASKED.length : place
}

export const inOrder = (topics: Iterable<string>): string[] => [...new Set(topics)].sort((a, b) => rank(a) - rank(b))
