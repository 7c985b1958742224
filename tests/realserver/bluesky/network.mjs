// Starts the Bluesky reference servers on loopback and says READY; ends on SIGTERM.
// Usage: node network.mjs FOLDER PLC_PORT PDS_PORT BSKY_PORT , the last 0 = PDS only.
// With an AppView: DB_POSTGRES_URL and REDIS_HOST name its private database and cache.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [folder, ...ports] = process.argv.slice(2)
const [plcPort, pdsPort, bskyPort] = ports.map(Number)
const found = createRequire(`${folder}/`).resolve('@atproto/dev-env')
const { TestNetwork, TestNetworkNoAppView } = await import(pathToFileURL(found).href)

const plc = { port: plcPort }
const pds = { port: pdsPort }
const network = bskyPort
  ? await TestNetwork.create({ dbPostgresSchema: 'sd', plc, pds, bsky: { port: bskyPort } })
  : await TestNetworkNoAppView.create({ plc, pds })
console.log('READY')

process.on('SIGTERM', async () => {
  await network.close()
  process.exit(0)
})
