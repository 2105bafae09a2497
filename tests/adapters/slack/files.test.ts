/** The content of files that people sent, and to whom our token is shown. */
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../../../adapters/adapter.js'
import { isSlackHost } from '../../../adapters/slack/hosts.js'
import { createHouse, type House } from '../house.js'
import { type Rig, startRig } from './harness.js'

const HTML = Buffer.from('<!DOCTYPE html><title>Sign in</title>')

describe('files from Slack', () => {
  let house: House
  let rig: Rig
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house)
  })
  afterEach(async () => {
    await rig.close()
  })
  const announced = async (content: Uint8Array, { name = 'отчёт.pdf', mime = 'application/pdf' } = {}) => {
    const { stored } = rig.standIn.person().files([{ name, mime, content }])
    await house.take(1)
    const [file] = stored
    if (!file) throw new Error('no file')
    return { file, ref: file.object.id }
  }
  const failure = async (ref: string) => {
    const error = await rig.channel.fetchFile?.(ref).catch((thrown: unknown) => thrown)
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
    expect(`${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain(rig.standIn.token)
    return { policy: error.policy, code: error.code }
  }

  it('are fetched whole; several of one message are one update', async () => {
    const content = Uint8Array.from({ length: 300_000 }, (_, i) => i % 256)
    const pdf = { name: 'a.pdf', mime: 'application/pdf', content }
    const photo = { name: 'b.jpg', mime: 'image/jpeg', content: content.slice(0, 10) }
    rig.standIn.person().files([pdf, photo], 'вот оба')
    const [incoming] = await house.take(1)
    if (incoming?.event.kind !== 'files') throw new Error('files expected')
    const { files, text } = incoming.event
    expect(text).toBe('вот оба')
    expect(files.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['document', 300_000],
      ['photo', 10],
    ])
    const fetched = await Promise.all(files.map(({ ref = '' }) => rig.channel.fetchFile?.(ref)))
    expect(fetched.map((one) => one?.length)).toEqual([300_000, 10])
    expect(Buffer.from(fetched[0] ?? []).equals(content)).toBe(true)
  })

  it('S34 are no page to sign in', async () => {
    const { ref, file } = await announced(Uint8Array.from([1, 2, 3]))
    file.download = { type: 'text/html; charset=utf-8', body: HTML }
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_HTML' })
    file.download = { location: 'https://canary.slack.com/signin' }
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_HTML' })
  })

  it('S34 may be pages that somebody sent', async () => {
    const { ref, file } = await announced(HTML, { name: 'страница.html', mime: 'text/html' })
    expect(await rig.channel.fetchFile?.(ref)).toEqual(HTML)
    file.download = { body: Buffer.concat([HTML, HTML]) }
    expect((await failure(ref)).code).toBe('SLACK_FILE_HTML')
  })

  it('S34 that are too large are not fetched, whatever was announced', async () => {
    const { ref, file } = await announced(new Uint8Array(10))
    file.content = new Uint8Array(rig.channel.limits.fileBytesIn + 1)
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_TOO_BIG' })
    file.object.size = 21_000_000
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_TOO_BIG' })
  })

  it('that are gone, elsewhere or not ready yet are told apart', async () => {
    const { ref, file } = await announced(Uint8Array.from([1]))
    for (const [mode, code] of [
      ['tombstone', 'SLACK_FILE_GONE'],
      ['hidden_by_limit', 'SLACK_FILE_GONE'],
      ['external', 'SLACK_FILE_EXTERNAL'],
    ]) {
      file.object.mode = mode
      expect(await failure(ref)).toEqual({ policy: 'refused', code })
    }
    file.object.mode = 'hosted'
    const { url_private_download: url } = file.object
    delete file.object.url_private_download
    delete file.object.url_private
    expect(await failure(ref)).toEqual({ policy: 'retry', code: 'SLACK_FILE_NOT_READY' })
    file.object.url_private_download = url
    rig.standIn.failNext('files.info', 'file_not_ready')
    expect(await failure(ref)).toEqual({ policy: 'retry', code: 'SLACK_FILE_NOT_READY' })
    file.download = { status: 503 }
    expect(await failure(ref)).toEqual({ policy: 'retry', code: 'SLACK_AWAY' })
    file.download = { status: 403 }
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_403' })
    rig.standIn.world.files.delete(ref)
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_NOT_FOUND' })
    rig.standIn.goAway('hang-up')
    expect(await failure(ref)).toEqual({ policy: 'retry', code: 'SLACK_AWAY' })
  })

  it('S35 do not lead our token elsewhere', async () => {
    const seen: unknown[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers)
      response.end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => elsewhere.once('listening', resolve))
    const { port } = Object(elsewhere.address())
    const { ref, file } = await announced(Uint8Array.from([1]))
    file.object.url_private_download = `http://127.0.0.1:${port}/x`
    expect(await failure(ref)).toEqual({ policy: 'refused', code: 'SLACK_FILE_ELSEWHERE' })
    expect(seen).toEqual([])
    elsewhere.close()
  })

  it.each([
    ['https://files.slack.com/files-pri/x', true],
    ['https://slack.com/x', true],
    ['https://a.slack-edge.com/x', true],
    ['http://files.slack.com/x', false],
    ['https://files.slack.com.example.org/x', false],
    ['https://notslack.com/x', false],
    ['https://files.slack.com@example.org/x', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('%s is Slack’s: %s', (url, expected) => {
    expect(isSlackHost(url, 'https://slack.com/api/')).toBe(expected)
  })
})
