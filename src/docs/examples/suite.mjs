// An accounting suite without packages: node suite.mjs martin, with FACTEUR_API and FACTEUR_TOKEN in the environment.
const office = `${process.env.FACTEUR_API}/offices/${process.argv[2]}`

// What is said twice is done once, so a failure is answered by saying it again.
async function ask(method, url, type, body, headers = {}) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url, {
      method,
      body,
      headers: { authorization: `Bearer ${process.env.FACTEUR_TOKEN}`, ...(type && { 'content-type': type }), ...headers },
    }).catch((away) => {
      if (attempt === 5) throw away
    })
    if (answer && ![429, 503].includes(answer.status)) return answer
    if (attempt === 5) throw new Error(await answer.text())
    await new Promise((done) => setTimeout(done, 1000 * (answer?.headers.get('retry-after') ?? attempt)))
  }
}

async function json(answer) {
  const body = await answer.json()
  if (!answer.ok) throw new Error(body.problems.map(({ code, key, message }) => `${code} ${key}: ${message}`).join('\n'))
  return body
}

const merge = 'application/merge-patch+json'
const settings = JSON.stringify({
  company: 'Cabinet Martin <office@martin.example>',
  contexts: { invoice: { 'reply-to': 'responsible' } },
})
let saved = await ask('PUT', office, 'application/json', settings, { 'if-none-match': '*' })
if (saved.status === 412) saved = await ask('PATCH', office, merge, settings) // it is there already
console.log('settings', await json(saved))

// All clients, in pieces; those that are named in none of them are gone.
const { push } = await json(await ask('POST', `${office}/relations/pushes`))
for (const first of [1, 5001]) {
  const lines = Array.from({ length: 5000 }, (_, i) =>
    JSON.stringify({ relation: `R-${first + i}`, name: `Client ${first + i}`, responsible: ['Jan Janssens <jan@martin.example>'] }))
  console.log('cards', await json(await ask('POST', `${office}/relations/pushes/${push}`, 'application/x-ndjson', lines.join('\n'))))
}
console.log('finished', await json(await ask('POST', `${office}/relations/pushes/${push}/finish?rest=delete`)))

const changed = await ask('PATCH', `${office}/relations/${encodeURIComponent('R-42')}`, merge,
  JSON.stringify({ responsible: 'An Peeters <an@martin.example>' }))
console.log('card', await json(changed))

// The latest letter, and why it has its From and Reply-To.
for (const { id } of (await json(await ask('GET', `${office}/letters?limit=1`))).items) {
  console.log('letter', await json(await ask('GET', `${office}/letters/${id}`)))
}
