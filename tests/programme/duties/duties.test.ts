/** Duties as a worker and as a coordinator see them, in one house: starting it takes longer than telling the stories. */
import { inHouse } from '../../conversation/stories.js'
import { chatStories } from './chat-stories.js'
import { deskStories } from './desk-stories.js'

inHouse('duties', (house) => {
  chatStories(house)
  deskStories(house)
})
