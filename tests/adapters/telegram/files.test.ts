/** The content of files that people sent. */
import { afterEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../../../adapters/adapter.js'
import { ApiError } from '../../stand-ins/telegram/errors.js'
import { createHouse, type House } from '../house.js'
import { type Rig, startRig } from './harness.js'

describe('files from Telegram', () => {
  let rig: Rig
  afterEach(async () => {
    await rig.close()
  })
  const open = async (options: Parameters<typeof startRig>[1] = {}) => {
    const house = createHouse()
    rig = await startRig(house, options)
    return house
  }
  const announced = async (house: House, content: Uint8Array | number) => {
    rig.standIn.person().file({ kind: 'document', name: 'отчёт.pdf', mime: 'application/pdf', content })
    const [incoming] = await house.take(1)
    const [file] = incoming?.event.kind === 'files' ? incoming.event.files : []
    if (!file?.ref) throw new Error('no file was announced')
    return { ...file, ref: file.ref }
  }
  const failure = async (ref: string) => {
    const error = await rig.channel.fetchFile?.(ref).catch((thrown: unknown) => thrown)
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
    expect(`${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain(rig.standIn.token)
    return { policy: error.policy, code: error.code }
  }

  it('are fetched whole', async () => {
    const house = await open()
    const content = Uint8Array.from({ length: 300_000 }, (_, i) => i % 256)
    const { ref } = await announced(house, content)
    expect(Buffer.from((await rig.channel.fetchFile?.(ref)) ?? []).equals(content)).toBe(true)
  })

  it('are fetched from a Bot API server of one’s own, which names places on its disk', async () => {
    const house = await open({ standIn: { localFiles: true } })
    const { ref } = await announced(house, Uint8Array.from([1, 2, 3]))
    expect(await rig.channel.fetchFile?.(ref)).toEqual(Buffer.from([1, 2, 3]))
  })

  it('of 21 MB are announced with their size, and not fetched', async () => {
    const house = await open()
    const { ref, bytes } = await announced(house, 21_000_000)
    expect(bytes).toBeGreaterThan(rig.channel.limits.fileBytesIn)
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'TELEGRAM_FILE_TOO_BIG' })
  })

  it('S34 that turn out larger than announced are cut off', async () => {
    const house = await open()
    const { ref } = await announced(house, new Uint8Array(100))
    const file = rig.standIn.world.files.get(ref)
    if (!file) throw new Error('no such file')
    file.content = new Uint8Array(rig.channel.limits.fileBytesIn + 1)
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'TELEGRAM_FILE_TOO_BIG' })
  })

  it('that are gone, or whose path leads elsewhere, are refused; when Telegram is away, fetched later', async () => {
    const house = await open()
    const { ref } = await announced(house, Uint8Array.from([1]))
    const file = rig.standIn.world.files.get(ref)
    if (!file) throw new Error('no such file')
    const { path } = file
    for (const wrong of ['documents/gone', '../../etc/passwd', '', '/']) {
      rig.standIn.world.files.set(ref, { path: wrong, bytes: 1 })
      expect((await failure(ref)).policy).toBe('refused')
    }
    rig.standIn.world.files.set(ref, { ...file, path })
    rig.standIn.failNext('getFile', new ApiError(400, 'Bad Request: invalid file_id'))
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'TELEGRAM_400' })
    rig.standIn.goAway('hang-up')
    expect(await failure(ref)).toEqual({ policy: 'retry', code: 'TELEGRAM_AWAY' })
    rig.standIn.comeBack()
    expect(await rig.channel.fetchFile?.(ref)).toEqual(Buffer.from([1]))
  })
})
