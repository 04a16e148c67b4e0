// Launches a user of a suite into an office, without packages: node launch.mjs suite.pem https://mail.example.org dupont
// prints the token; node launch.mjs suite.pem prints the public key as console.suites needs it. The key is made once, by
// openssl ecparam -name prime256v1 -genkey -noout -out suite.pem, and stays on the suite's server.
import { createPublicKey, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [file, console_, office] = process.argv.slice(2)
const key = readFileSync(file)
const kid = '2026-11'

if (office) {
  const now = Math.floor(Date.now() / 1000)
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = { alg: 'ES256', kid, typ: 'JWT' }
  const claims = {
    iss: 'suite', aud: console_, iat: now, exp: now + 60, jti: randomUUID(),
    sub: '4711', name: 'Jan Janssens', office, role: 'admin', language: 'nl', page: 'mail',
  }
  const signed = `${part(header)}.${part(claims)}`
  console.log(`${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`)
} else {
  console.log(JSON.stringify({ keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] }))
}
