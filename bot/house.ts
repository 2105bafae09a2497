/** Puts the rooms together: store → texts → knowledge → flows → conversation → server. Channels come from outside. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { actionSpecs, allActions } from './actions.js'
import { type Config, ROOT } from './config.js'
import { consoleRoutes } from './console/console.js'
import { feedbackPage } from './console/public/feedback.js'
import { startPage } from './console/start-page.js'
import { createPaces, type Pace } from './conversation/budget.js'
import type { Channel } from './conversation/channel.js'
import { type Conversation, createConversation } from './conversation/conversation.js'
import { createFileSpace } from './conversation/file-space.js'
import { loadFile } from './conversation/files.js'
import type { Clock, House, Log } from './conversation/house.js'
import { type Words, withCarried } from './conversation/words.js'
import { dangerGuard } from './desk/danger-guard.js'
import { createDismissals } from './desk/house/dismissals.js'
import { createEar } from './desk/places/ear.js'
import { createMirror } from './desk/places/mirror.js'
import { createWatch } from './desk/watch/watch.js'
import type { Library } from './engine/library.js'
import { keepVersions, readFlows, readSoundFlows } from './flows.js'
import { adviceOf } from './knowledge/advice.js'
import { createHelper } from './knowledge/beside.js'
import { loadSeed } from './knowledge/catalogue.js'
import { type Guide, openGuide } from './knowledge/guide.js'
import { SEED_FOLDER } from './knowledge/root.js'
import { createAutoClean } from './people/auto-clean.js'
import { createEraseList } from './people/erase-list.js'
import { createLifetimes } from './people/lifetimes.js'
import { createCheckinReminders } from './programme/checkin/reminders.js'
import { reportDrafts } from './programme/reports/drafts.js'
import { createReportReminders } from './programme/reports/reminders.js'
import { createServer, healthRoutes } from './server.js'
import { checkLifetimes } from './store/check-lifetimes.js'
import { createFileStore, type FileStore } from './store/files.js'
import { forgetOldKey, masterKeys } from './store/keys.js'
import { openStore, type Store } from './store/store.js'
import { formatDate } from './text/formats.js'
import { loadTexts, type Texts } from './text/texts.js'

export type WholeHouse = House & {
  config: Config
  texts: Texts
  files: FileStore
  guide: Guide
  channels: Channel[]
  paces: ReadonlyMap<string, Pace>
  app: FastifyInstance
  conversation: Conversation
  /** Ends everything in order: no new updates, then the workers, then the database. */
  close(): Promise<void>
}

/** What a channel may want to know of the house it is made for. */
export type Site = { config: Config; log: Log; texts: Words; store: Store }

const createWords = (texts: Texts): Words => ({ ...texts, date: formatDate })

/** @throws SetupError or FlowError, each with its remedy */
export async function openHouse(options: {
  config: Config
  log: Log
  clock?: Clock
  channels(site: Site): Channel[]
}): Promise<WholeHouse> {
  const { config, log, clock = () => new Date() } = options
  // What needs no database is checked first: a broken flow must not cost a migration.
  checkLifetimes()
  const written = loadTexts(join(ROOT, 'locales'), ({ what, language, key }) =>
    log.warn({ code: 'TEXT_MISSING', what: `${what} ${language} ${key}` }, 'A text is missing.'),
  )
  // Flows bring texts along, and are read after the texts
  let library: Library | undefined
  const texts = withCarried(written, () => library)
  const words = createWords(texts)
  const flows = join(ROOT, 'flows')
  readSoundFlows(flows, actionSpecs())

  const keys = masterKeys(config)
  const store = await openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, ...keys })
  try {
    // The database knows the new key now, if it was changed
    if (!config.key) forgetOldKey(config.dataDir)
    await loadSeed(store, SEED_FOLDER)
    const guide = await openGuide(store)
    const files = createFileStore(config.dataDir)
    const eraseList = createEraseList(config.dataDir)
    // Actions are a part of the house that they act in: they look at it when they run.
    const inside = {
      store,
      clock,
      get mind() {
        return house.mind
      },
      channel: (name: Channel['name']) => house.channel(name),
      publicUrl: config.publicUrl,
      deskUrl: `${config.publicUrl}/desk`,
    }
    const actions = allActions({ store, files, eraseList, words, guide, inside })
    library = readFlows(flows, actions)
    await keepVersions(store, library, log)

    const channels = options.channels({ config, log, texts: words, store })
    const paces = createPaces(channels)
    const house: House = {
      store,
      mind: {
        library,
        actions: new Map(actions.map((action) => [action.name, action])),
        words,
        drafts: [reportDrafts(inside)],
      },
      clock,
      log,
      guard: dangerGuard(words),
      helper: createHelper(guide, words),
      space: createFileSpace({ store, clock, log, maxBytes: config.filesMaxBytes }),
      defaultFlow: 'hotline',
      channel: (name) => channels.find((channel) => channel.name === name),
      staffroom: (incoming) => hearStaff(incoming),
    }
    const advice = adviceOf(guide, words)
    const places = {
      ...house,
      channels,
      paces,
      files,
      texts: words,
      advice,
      loadFile: (id: string, personId: string) => loadFile(store, files, id, personId),
    }
    const hearStaff = createEar(places)
    const conversation = createConversation({
      ...house,
      channels,
      paces,
      files,
      alone: !config.databaseUrl,
      more: [
        createAutoClean({ ...house, channels }),
        createLifetimes({ ...house, channels }, files, eraseList),
        createMirror(places),
        createWatch(house),
        createDismissals(house),
        createCheckinReminders(house),
        createReportReminders(house),
      ],
    })
    const app = createServer()
    healthRoutes(app, store, channels, house.space)
    startPage(app, { channels, space: house.space, words, base: new URL(config.publicUrl).pathname.replace(/\/$/, '') })
    feedbackPage(app, { house: inside, words, log })
    consoleRoutes(app, {
      house,
      files,
      texts: words,
      advice,
      publicUrl: config.publicUrl,
      clock,
      log,
    })
    for (const channel of channels) channel.routes?.(app, conversation.ports)
    return {
      ...house,
      config,
      texts,
      files,
      guide,
      channels,
      paces,
      app,
      conversation,
      async close() {
        await Promise.all(channels.map((channel) => channel.stop()))
        await app.close()
        await conversation.stop()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
