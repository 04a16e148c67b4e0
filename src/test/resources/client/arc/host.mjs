// A host that verifies and seals with mailauth, without DNS: arguments, input and output as of host.py.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { authenticate } = require('mailauth');
const [recordsFile, signingDomain, selector, keyFile] = process.argv.slice(2);
const records = new Map(readFileSync(recordsFile, 'latin1').split('\n').filter(Boolean).map(line => line.split('\t', 2)));
const privateKey = readFileSync(keyFile, 'latin1').replace(/^[^]*?(?=-----BEGIN)/, '');

async function resolver(name, type) {
    const text = type === 'TXT' && records.get(name);
    if (!text) {
        throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
    }
    return [[text]];
}

const options = { ip: '192.0.2.1', helo: 'mx.example', sender: 'a@example.com', mta: `mx.${signingDomain}`, resolver, disableBimi: true };

async function verify(letter) {
    const { arc } = await authenticate(letter, options);
    return Buffer.from(`${arc.status.result} ${arc.status.comment ?? ''}`);
}

async function seal(letter) {
    const { headers } = await authenticate(letter, { ...options, seal: { signingDomain, selector, privateKey } });
    return Buffer.concat([Buffer.from(headers), letter]);
}

process.stdout.write('ready\n');
let held = Buffer.alloc(0);
for await (const chunk of process.stdin) {
    held = Buffer.concat([held, chunk]);
    for (let end; (end = held.indexOf(10)) >= 0;) {
        const [verb, size] = held.subarray(0, end).toString().split(' ');
        if (held.length < end + 1 + Number(size)) {
            break;
        }
        const letter = held.subarray(end + 1, end + 1 + Number(size));
        held = held.subarray(end + 1 + Number(size));
        let answer;
        try {
            answer = await (verb === 'verify' ? verify(letter) : seal(letter));
        } catch (failure) {
            answer = Buffer.from(`fail ${failure.stack}`);
        }
        process.stdout.write(`${answer.length}\n`);
        process.stdout.write(answer);
    }
}
